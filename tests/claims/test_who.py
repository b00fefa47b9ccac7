"""Who: sides that a report's grammar names in roundabout ways, and sides that only its country tells.

Every report here is made up for the test, about places that exist.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from short_reports import body

from whoholds.pipeline import Reader, Reading

GRAMMAR = [
    # a verb that is said once for two sides
    (
        "The Tigers took Elephant Pass, and the army the town of Chavakachcheri in Sri Lanka.",
        ["gains ltte Elephant Pass", "gains gov:LKA Chavakachcheri"],
    ),
    ("M23 took Kitchanga, and the army Sake, in eastern Congo.", ["gains m23 Kitchanga", "gains gov:COD Sake"]),
    (
        "Jowhar was taken by al-Shabaab and Baidoa by Ethiopian troops.",
        ["gains al-shabaab Jowhar", "gains gov:ETH Baidoa"],
    ),
    (
        "Ndele fell to the UPC and Bria to government troops in the Central African Republic.",
        ["gains upc Ndele", "gains gov:CAF Bria"],
    ),
    (
        "Rebels control Bria in the Central African Republic, government troops the town of Bangassou.",
        ["holds rebels:CAF Bria", "holds gov:CAF Bangassou"],
    ),
    # a side before a noun that is said of a place is no second side
    (
        "Rebels captured Bossangoa, the government stronghold in the north of the Central African Republic.",
        ["gains rebels:CAF Bossangoa", "holds gov:CAF Bossangoa"],
    ),
    # whose capture it is, where the possessor is the place
    ("Kuito lay in ruins a year after its capture by UNITA in Angola.", ["gains unita Kuito"]),
    ("Residents of Knin fled before its fall to the Croatian army.", ["gains gov:HRV Knin"]),
    (
        "The M23 entered Rubaya after clashes with the army and Wazalendo fighters.",
        ["gains m23 Rubaya", "contests m23 Rubaya"],
    ),
    (
        "Taliban fighters stormed Zumburi before dawn. Government forces are back in the town.",
        ["contests taliban Zumburi", "gains gov:AFG Zumburi"],
    ),
    # a predicate that the parser takes for a noun
    (
        "The rebels wrested control of Bambari from government troops in the Central African Republic.",
        ["gains rebels:CAF Bambari"],
    ),
    ("UNITA has wrested control of Huambo from the army in Angola.", ["gains unita Huambo"]),
    # whose a stronghold is, it was taken from: by the other side, and not by its own men
    (
        "A Seleka base at Bria was overrun in the Central African Republic.",
        ["gains gov:CAF Bria"],
    ),
    (
        "The M23 fought the army near Rutshuru. An army camp at Rumangabo was captured on Monday.",
        ["contests m23 near Rutshuru", "gains m23 Rumangabo"],
    ),
    (
        "A government outpost at Nokou in Chad was overrun on Friday.",
        ["gains None Nokou", "holds gov:TCD Nokou"],
    ),
    # but a state's post may be taken back, and a Congolese town lies in Congo
    (
        "M23 seized Bunagana in Congo. An army post at Bunagana was retaken on Monday by the army.",
        ["gains m23 Bunagana", "gains gov:COD Bunagana"],
    ),
    (
        "Congolese troops fought the M23 near Sake. A Congolese village, Mushaki, was taken.",
        ["contests gov:COD near Sake", "gains gov:COD Mushaki"],
    ),
    # "rebel" and "army" have capitals in headlines, and are no names
    ("Rebel positions around Ati were captured in Chad.", ["gains gov:TCD around Ati"]),
    # "where" stands for all that is named before it; "there was" is nobody's being there
    (
        "Many in Central Africa fled Ippy and Bria, where there were clashes between Seleka and the army.",
        ["contests seleka Ippy", "contests seleka Bria"],
    ),
    (
        "Many have left Sake and Minova, where fierce battles between the M23 and the Congolese army rage on.",
        ["contests m23 Sake", "contests m23 Minova"],
    ),
    # a group that has its name from an ally abroad
    (
        "Men of the Tehrik-i-Taliban Pakistan overran Ladha in Pakistan in 2008. The Taliban also took Makeen.",
        ["gains ttp Ladha", "gains ttp Makeen"],
    ),
    # a capital stands for who governs there
    ("Khartoum pulled its troops out of Abyei in May.", ["withdraws gov:SDN Abyei"]),
    (
        "Moscow had ordered the retreat from Kherson. Kyiv set up checkpoints in Kherson.",
        ["withdraws gov:RUS Kherson", "holds gov:UKR Kherson"],
    ),
    ("Vavuniya has been Tiger territory since the start of the war in Sri Lanka.", ["holds ltte Vavuniya"]),
]

ALLEGIANCE = [
    ("Fighters loyal to former general Ratko Mladic took Srebrenica in Bosnia.", ["gains vrs Srebrenica"]),
    ("Troops loyal to former army commander Johnson Otieno hold Torit in South Sudan.", ["holds rebels:SSD Torit"]),
    ("Men allied with the government took Bor in South Sudan.", ["gains gov:SSD Bor"]),
    ("Tribesmen loyal to the Houthis seized Amran in Yemen.", ["gains houthis Amran"]),
    ("Soldiers loyal to the ousted president recaptured Mukalla in Yemen.", ["gains gov:YEM Mukalla"]),
]

HELPERS = [
    # who takes a place had no base there
    (
        "Somali troops overran Jilib, their main base in the south, after al-Shabaab fled.",
        ["gains gov:SOM Jilib", "holds al-shabaab Jilib", "withdraws al-shabaab Jilib"],
    ),
    ("The GNA fights the LNA in Libya. Government forces entered Tarhuna.", ["gains gna Tarhuna"]),
    (
        "Afghan forces hand over Farah to the Taliban.",
        ["gains taliban Farah", "withdraws gov:AFG Farah"],
    ),
    # helpers without a name claim nothing of their own
    ("The Malian army and its Russian allies took Kidal.", ["gains gov:MLI Kidal"]),
    ("The Sudanese army and allied militias recaptured Kutum.", ["gains gov:SDN Kutum"]),
]

PEOPLES = [
    ("The rebels of Chad took Massakory.", ["gains rebels:TCD Massakory"]),
    # a people's name abroad
    ("Croat forces attacked Mostar in Bosnia.", ["contests hvo Mostar"]),
    ("Armenian forces lost Hadrut in Nagorno-Karabakh.", ["loses artsakh Hadrut"]),
    ("Croatian troops entered Knin in Croatia.", ["gains gov:HRV Knin"]),
    # a leader's name does not name the rebels
    (
        "A spokesman for Aslan Maskhadov spoke in Grozny. The rebels still hold Shatoi in Chechnya.",
        ["holds rebels:RUS Shatoi"],
    ),
    ("Kurdish forces retook Sinjar from ISIS in Iraq.", ["gains peshmerga Sinjar"]),
    ("The Kurds captured Kobane in Syria.", ["gains ypg Kobane"]),
    ("Kurdish rebels attacked Hakkari in Turkey.", ["contests pkk Hakkari"]),
    ("Baloch insurgents seized Mach in Pakistan.", ["gains bla Mach"]),
    ("The MDJT took Bardai in Chad. The rebels also hold Zouar.", ["gains mdjt Bardai", "holds mdjt Zouar"]),
]

COUNTRIES = [
    # where the sentence sets its own country
    (
        "Sudan's RSF took El Geneina, while in Chad the army said it had secured Adre.",
        ["gains rsf El Geneina", "gains gov:TCD Adre"],
    ),
    ("The Ministry of Defence of Georgia said it had retaken Gagra.", ["gains gov:GEO Gagra"]),
    (
        "Ethiopia's army left Axum and Eritrea's army entered Badme. Government forces hold Shire, Addis Ababa said.",
        ["withdraws gov:ETH Axum", "gains gov:ERI Badme", "holds gov:ETH Shire"],
    ),
    (
        "Rwandan troops entered Bukavu in Congo. The government in Kinshasa said its army had pulled out.",
        ["gains gov:RWA Bukavu", "withdraws gov:COD Bukavu"],
    ),
    (
        "UN troops and the army beat off an attack by the LRA on Dungu in Congo.",
        ["repels monusco Dungu", "repels gov:COD Dungu"],
    ),
    # of namesakes the one where the group fights
    (
        "IS fighters stormed Palmyra. The army withdrew.",
        ["contests islamic-state Palmyra", "withdraws gov:SYR Palmyra"],
    ),
    ("The army retook Cordoba from FARC rebels.", ["gains gov:COL Cordoba"]),
]


TOGETHER = [
    (
        "Soldiers of Uganda and Rwanda captured Kisangani in Congo.",
        ["gains gov:UGA Kisangani", "gains gov:RWA Kisangani"],
    ),
    ("A joint force of Kenyan and Somali soldiers took Kismayo.", ["gains gov:KEN Kismayo", "gains gov:SOM Kismayo"]),
    ("Croatian and HVO forces captured Jajce in Bosnia.", ["gains gov:HRV Jajce", "gains hvo Jajce"]),
    (
        "Together with Ugandan troops, the SPLA recaptured Bor in South Sudan.",
        ["gains gov:UGA Bor", "gains gov:SSD Bor"],
    ),
    (
        "Government troops and tribesmen drove al-Qaeda from Azzan in Yemen.",
        ["gains gov:YEM Azzan", "gains tribal:YEM Azzan"],
    ),
    (
        "Peacekeepers and the army drove the ADF out of Eringeti in Congo.",
        ["gains monusco Eringeti", "gains gov:COD Eringeti"],
    ),
    ("The army and allied militias took Zinjibar in Yemen.", ["gains gov:YEM Zinjibar"]),
    (
        "Rwandan and Mozambican troops attacked Awasse on Monday. The village was captured by the two armies.",
        ["contests gov:RWA Awasse", "contests gov:MOZ Awasse", "gains gov:MOZ Awasse", "gains gov:RWA Awasse"],
    ),
    (
        "Armenian and Azerbaijani soldiers clashed in Tovuz on Sunday. Both armies blamed the other.",
        ["contests gov:ARM Tovuz"],
    ),
]

TOGETHER += [
    ("Bor in South Sudan fell to the White Army and the SPLM-IO.", ["gains white-army Bor", "gains splm-io Bor"]),
    (
        "Soldiers in Somalia handed Kismayo over to the Kenyan army and the Ras Kamboni militia.",
        ["gains gov:KEN Kismayo", "gains ras-kamboni Kismayo", "withdraws gov:SOM Kismayo"],
    ),
    ("The army and the tribes took Sirwah in Yemen.", ["gains gov:YEM Sirwah", "gains tribal:YEM Sirwah"]),
    (
        "YPG and FSA fighters advanced on Tal Abyad in Syria. On Sunday the two forces surrounded the town.",
        ["advances ypg Tal Abyad", "advances fsa Tal Abyad", "besieges fsa Tal Abyad", "besieges ypg Tal Abyad"],
    ),
    # one against the other
    ("Rwandan and Ugandan soldiers fought each other in Kisangani in Congo.", ["contests gov:RWA Kisangani"]),
    ("FARC guerrillas lifted their siege of Puerto Rico in Colombia.", ["besieges farc Puerto Rico"]),
    # two missions of one name: the one that the report names in full
    (
        "African Union troops pulled out of Merca in Somalia. AMISOM peacekeepers reconquered it on Saturday.",
        ["withdraws amisom Merca", "gains amisom Merca"],
    ),
    # who keeps the peace is no movement
    (
        "The CNDP captured Rutshuru in Congo. UN peacekeepers stayed in their base. The movement also took Kiwanja.",
        ["gains cndp Rutshuru", "holds monusco Rutshuru", "gains cndp Kiwanja"],
    ),
    ("Syrian armed groups attacked Afrin.", ["contests rebels:SYR Afrin"]),
    (
        "The army recaptured Tserona, Asmara said. Addis Ababa denied that its soldiers had lost Tserona.",
        ["gains gov:ERI Tserona", "loses gov:ETH Tserona"],
    ),
]

WORDS_FOR_MANY = [
    # a group that only describes another is not "the jihadists"
    (
        "JNIM, a branch of al-Qaeda, blockaded Djibo in Burkina Faso. Jihadists attacked Arbinda on Monday.",
        ["besieges jnim Djibo", "contests jnim Arbinda"],
    ),
    (
        "The separatists of the DPR took Horlivka in Ukraine. Later the separatists also captured Debaltseve.",
        ["gains dpr Horlivka", "gains dpr Debaltseve"],
    ),
    (
        "Chechen fighters held Grozny. Russian troops took Argun. The rebels withdrew from Shali.",
        ["holds rebels:RUS Grozny", "gains gov:RUS Argun", "withdraws rebels:RUS Shali"],
    ),
    # words that only one side has
    ("SPLA mutineers seized Bor in South Sudan.", ["gains rebels:SSD Bor"]),
    ("Taliban spokesman Zabihullah Mujahid said the mujahideen had captured Ghazni.", ["gains taliban Ghazni"]),
    ("An LNA spokesman said troops had entered Sirte in Libya.", ["gains lna Sirte"]),
    ("Marines recaptured Jolo from Abu Sayyaf in the Philippines.", ["gains gov:PHL Jolo"]),
    (
        "Taliban fighters took Imam Sahib. It was retaken by local militias on Friday, officials in Afghanistan said.",
        ["gains taliban Imam Sahib", "gains gov:AFG Imam Sahib"],
    ),
    # words without a name that another sentence goes on with
    (
        "Boko Haram lost Gwoza in March. Since May the group has been on the move again. "
        "On Sunday it captured Banki in Nigeria.",
        ["loses boko-haram Gwoza", "gains boko-haram Banki"],
    ),
    (
        "LRA rebels killed ten people near Obo. The army sent a patrol. The group later attacked Zemio in the Central "
        "African Republic.",
        ["contests lra Zemio"],
    ),
    (
        "Unita took Cuito Cuanavale on Monday after Angolan soldiers fled. They went on to seize Menongue.",
        ["gains unita Cuito Cuanavale", "withdraws gov:AGO Cuito Cuanavale", "gains unita Menongue"],
    ),
]

BY_THE_REPORT = [
    # men called by what they do there
    (
        "The army holds Bor in South Sudan. Rebels attacked Bor on Sunday. The army fought back for hours. "
        "The attackers entered Bor at night.",
        ["holds gov:SSD Bor", "contests rebels:SSD Bor", "gains rebels:SSD Bor"],
    ),
    ("Renamo raided Gurue in Mozambique. The raiders held the town.", ["contests renamo Gurue", "holds renamo Gurue"]),
    # a side of few groups: the one that the report names, however far back
    (
        "The separatists of the DPR fought at Debaltseve in Ukraine. Shells fell. Houses burned. The mayor fled. "
        "People wept. The rebels have taken Vuhlehirsk.",
        ["contests dpr Debaltseve", "gains dpr Vuhlehirsk"],
    ),
    # what was done in an attack is the attackers'
    (
        "UNITA seized six villages in an attack near Kuito in Angola. The army holds Kuito.",
        ["contests unita near Kuito", "holds gov:AGO Kuito"],
    ),
    # who has a place is not who comes for it
    (
        "The Damara forest, where the 3R rebels have their camps, has not yet been entered. "
        "The army of the Central African Republic wants to retake Bouar.",
        ["gains gov:CAF Damara forest", "holds 3r Damara forest", "gains gov:CAF Bouar"],
    ),
    # who takes it back had lost it
    (
        "M23 fighters left Sake on Friday in Congo. Sake was captured in May, and the army tried to retake it.",
        ["withdraws m23 Sake", "gains m23 Sake", "gains gov:COD Sake"],
    ),
    # a digest: whose army depends on where the place lies
    (
        "War in Iraq: Islamic State fighters hold Tikrit. In Ukraine, pro-Russian fighters still control Sloviansk.",
        ["holds islamic-state Tikrit", "holds rebels:UKR Sloviansk"],
    ),
    (
        "Al-Qaeda leaves Mukalla. AQAP, its Yemeni branch, had ruled there.",
        ["withdraws aqap Mukalla", "holds aqap Mukalla"],
    ),
    (
        "The army took Dikwa from Boko Haram on Friday. The recapture of the town was confirmed by residents.",
        ["gains gov:NGA Dikwa", "gains gov:NGA Dikwa"],
    ),
    (
        "Rebels took Bor from the army in January in South Sudan. The town's recapture a week later cost lives.",
        ["gains rebels:SSD Bor", "gains gov:SSD Bor"],
    ),
]


LED = [
    # whom the words before in the same sentence point at
    (
        "Boko Haram is weak in Nigeria. Gwoza, which the group called its seat, is the only town still in its hands.",
        ["holds boko-haram Gwoza"],
    ),
    # peacekeepers are not "the fighters"
    (
        "Anti-balaka militia hold Bema in the Central African Republic. MINUSCA soldiers drove them out of Tokoyo. "
        "The fighters left Rafai.",
        ["holds anti-balaka Bema", "gains minusca Tokoyo", "withdraws anti-balaka Rafai"],
    ),
    # "his" after a leader; "her country's forces"
    (
        "The army drove Haftar's men from Tarhuna in Libya. Gharyan is still in his hands.",
        ["gains gov:LBY Tarhuna", "holds lna Gharyan"],
    ),
    (
        "Wagner hold Bakhmut. Ukraine's deputy minister said that her country's forces had encircled the city.",
        ["holds wagner Bakhmut", "besieges gov:UKR Bakhmut"],
    ),
    # leaders whom the lexicon knows, by surname
    ("Haftar's men took Gharyan in Libya. Haftar also controls Sirte.", ["gains lna Gharyan", "holds lna Sirte"]),
    ("Assad's tanks left Idlib in Syria.", ["withdraws gov:SYR Idlib"]),
    # leaders whom the report introduces
    (
        "The River Liberation Front (RLF), led by Adoum Kolingar, took Moundou in Chad. Kolingar's men entered Sarh.",
        ["gains rlf Moundou", "gains rlf Sarh"],
    ),
    (
        "Musa Idriss Okoro, the leader of the RSF, spoke on Friday. Okoro's men hold Kutum in Sudan.",
        ["holds rsf Kutum"],
    ),
    ("M23 commander Jean Bisimba spoke to reporters in Congo. Bisimba's soldiers seized Sake.", ["gains m23 Sake"]),
    # a leader by himself holds nothing
    ("Shevardnadze, who is in Sukhumi, spoke to Georgia. He stayed in Sukhumi.", []),
    # for and against
    ("Pro-Hadi forces took Zinjibar in Yemen.", ["gains gov:YEM Zinjibar"]),
    (
        "The Houthis hold Sanaa in Yemen. Anti-Houthi tribesmen seized Damt.",
        ["holds houthis Sanaa", "gains gov:YEM Damt"],
    ),
    ("Anti-balaka fighters took Bouca in the Central African Republic.", ["gains anti-balaka Bouca"]),
]

UNLISTED = [
    (
        "The Tenth of May Movement seized Moundou in Chad. The movement's fighters then entered Sarh.",
        ["gains tenth-of-may-movement Moundou", "gains tenth-of-may-movement Sarh"],
    ),
    (
        "Fighters of the Salamat Liberation Front, whose chief is Adoum Kolingar, took Sarh in Chad.",
        ["gains salamat-liberation-front Sarh"],
    ),
    ("Bouar in the Central African Republic is held by a group called Siriri.", ["holds siriri Bouar"]),
    ("A militia known as the Lions of the Hills took Man in Ivory Coast.", ["gains lions-of-the-hills Man"]),
    # names that are no group of their own
    ("The People's Militia of the LPR took Popasna in Ukraine.", ["gains lpr Popasna"]),
    ("The National Army recaptured Moundou in Chad.", ["gains gov:TCD Moundou"]),
    (
        "British troops landed at San Carlos. The Welsh Guards stormed Goose Green.",
        ["gains gov:GBR San Carlos", "contests gov:GBR Goose Green"],
    ),
]

SEATS = [
    # "U.S." and "U.N." as agencies write them
    ("U.S. troops entered Baghdad in Iraq.", ["gains gov:USA Baghdad"]),
    ("U.S. Marines took Najaf in Iraq.", ["gains gov:USA Najaf"]),
    ("U.N. troops hold Bouake in Ivory Coast.", ["holds unoci Bouake"]),
    ("U.S.-backed forces captured Manbij in Syria.", ["gains sdf Manbij"]),
    # capitals for the government there
    (
        "Russian forces entered Kherson in Ukraine. Kyiv's troops hold Kharkiv.",
        ["gains gov:RUS Kherson", "holds gov:UKR Kharkiv"],
    ),
    (
        "Ukrainian units entered Snihurivka in Ukraine. Moscow ordered its troops to leave Kherson.",
        ["gains gov:UKR Snihurivka", "withdraws gov:RUS Kherson"],
    ),
    # whoever leads them
    ("Forces led by Riek Machar took Leer in South Sudan.", ["gains splm-io Leer"]),
    ("Rebels led by Hayat Tahrir al-Sham captured Hama in Syria.", ["gains hts Hama"]),
    ("The US-led coalition took Sinjar in Iraq.", ["gains coalition:islamic-state Sinjar"]),
    # a people's government is no militia; a state's army is no group
    (
        "The RPF captured Kigali in Rwanda. The Hutu government left Butare.",
        ["gains rpf Kigali", "withdraws gov:RWA Butare"],
    ),
    ("In Ukraine the Russian 58th Combined Arms Army captured Polohy.", ["gains gov:RUS Polohy"]),
]

SHORTENED = [
    # a name cut short, and names that no file has
    (
        "Haftar's forces took Ganfouda in Libya from the Revolutionaries' Shura Council. The Shura Council holds "
        "Souq al-Hout.",
        ["gains lna Ganfouda", "holds brsc Souq al-Hout"],
    ),
    ("The Hill Council of Free Youth captured Ayod in South Sudan.", ["gains hill-council-of-free-youth Ayod"]),
    (
        "The Movement for the Liberation of the Valley (MLV) captured Lodwar in Kenya. The MLV also holds Lokichar.",
        ["gains mlv Lodwar", "holds mlv Lokichar"],
    ),
    ("The ruling Military Council left Gulu in Uganda in haste.", ["withdraws gov:UGA Gulu"]),
    # one man is no group
    ("A gang leader known as Ti Roche captured Cabaret in Haiti.", ["gains rebels:HTI Cabaret"]),
    # the men of a leader, of whatever people; who pays mercenaries; who guards his own village
    ("Dostum's Uzbeks hold Sheberghan in Afghanistan.", ["holds dostum-militia Sheberghan"]),
    (
        "Liberian mercenaries paid by the Ivorian army took the town of Bangolo in Ivory Coast.",
        ["gains gov:CIV Bangolo"],
    ),
    (
        "Vigilantes took Gwoza in Nigeria. Local self-defence groups hold Madagali.",
        ["gains vigilantes:NGA Gwoza", "holds vigilantes:NGA Madagali"],
    ),
    # peacekeepers are nobody's "fighters"
    (
        "AMISOM troops took Barawe in Somalia. Al-Shabaab attacked Marka on Friday. Fighters remain in Jilib.",
        ["gains amisom Barawe", "contests al-shabaab Marka", "holds al-shabaab Jilib"],
    ),
]


OWN_VOICE = [
    # whom "our troops" and "the enemy" are in a bulletin
    (
        "Our defenders repelled six attacks near Avdiivka in Ukraine. The enemy is trying to take Marinka. "
        "Russian invaders attacked Robotyne.",
        ["repels gov:UKR near Avdiivka", "gains gov:RUS Marinka", "contests gov:RUS Robotyne"],
    ),
    ("In Syria our heroes recovered the village of Khanasir.", ["gains gov:SYR Khanasir"]),
    # whose office stands over a bulletin
    (
        "M23 - Military Spokesman's Office\n\nCOMMUNIQUE\n\nOur forces this morning liberated Kitchanga in Congo.",
        ["gains m23 Kitchanga"],
    ),
    (
        "Statement of the Fano command in Amhara\n\nOur fighters have taken Lalibela. The regime's soldiers fled.",
        ["gains fano Lalibela", "withdraws gov:ETH Lalibela"],
    ),
    (
        "Ministry of Defence of Somalia\n\nStatement\n\nOur forces recaptured Adale from al-Shabaab today.",
        ["gains gov:SOM Adale"],
    ),
    # they who are spoken of are not they who speak
    (
        '"They surrounded Dessie from three sides and we left the town," an officer of the Ethiopian army said of '
        "the TPLF.",
        ["besieges tplf Dessie", "withdraws gov:ETH Dessie"],
    ),
    (
        "Haftar's LNA is fighting for Tripoli. Its spokesman said in Benghazi that Gharyan was not lost.",
        ["contests lna Tripoli", "loses lna Gharyan"],
    ),
    # whoever is called upon is to do it
    ("The government of Yemen called on the Houthis to leave Hodeidah.", ["withdraws houthis Hodeidah"]),
    # who retakes a place did not attack it
    (
        "UFDD rebels seized Abeche in Chad. On Sunday they attacked Biltine. The army said it had retaken Biltine. "
        "The attackers fled to Sudan.",
        ["gains ufdd Abeche", "contests ufdd Biltine", "gains gov:TCD Biltine", "withdraws ufdd Biltine"],
    ),
    (
        "Forces of Libya's internationally recognised Government of National Accord entered Tarhuna. By noon they "
        "controlled the whole town.",
        ["gains gna Tarhuna", "holds gna Tarhuna"],
    ),
]


def test_whose_forces_they_were_on_that_day(page: Callable[[str], Reading]) -> None:
    told = "Serbian police entered Malisevo in Kosovo. Gaddafi's troops left Zawiya in Libya.\n"
    assert {c.actor for c in page(f"Two wars\n\n28 July 1998\n\n{told}").claims} >= {"gov:YUG"}
    spring, autumn = (page(f"Two wars\n\n5 {m} 2011\n\n{told}").claims for m in ("May", "October"))
    assert {c.actor for c in spring if c.kind == "withdraws"} == {"gov:LBY"}
    assert {c.actor for c in autumn if c.kind == "withdraws"} == {"gaddafi-loyalists"}


def test_rebels_of_a_country_are_those_of_the_report(page: Callable[[str], Reading]) -> None:
    told = "Fighters of the M23 group threw the Congolese army out of Sake. M23 wants Bukavu. The FDLR is in Pinga."
    claims = page(f"Congo rebels hold Sake\n\n22 November 2012\n\n{told}\n").claims
    assert {c.actor for c in claims if c.kind == "holds" and c.place.name == "Sake"} == {"m23"}


def test_the_only_group_that_is_called_so_there_and_then(page: Callable[[str], Reading]) -> None:
    told = "The insurgents entered Quissanga in Mozambique on Monday. Islamic State claimed the attack."
    claims = page(f"Insurgents strike again\n\n14 May 2024\n\n{told}\n").claims
    assert {c.actor for c in claims if c.kind == "gains"} == {"ansar-al-sunna"}
    before = page(f"Insurgents strike again\n\n14 May 2005\n\n{told}\n").claims
    assert "ansar-al-sunna" not in {c.actor for c in before}


@pytest.mark.parametrize(
    ("day", "told", "wanted"),
    [
        # whose army it is where a union falls apart, and where a land has none of its own
        (
            "12 July 1992",
            "The federal army entered Bosanski Brod in Bosnia. The army took Derventa a day later.",
            ["gains gov:YUG Bosanski Brod", "gains gov:YUG Derventa"],
        ),
        ("12 July 2012", "The federal army entered Mubi in Nigeria.", ["gains gov:NGA Mubi"]),
        ("4 January 2009", "Troops entered Beit Lahia in Gaza from the north.", ["gains gov:ISR Beit Lahia"]),
        # a people abroad are the group that is called so there, unless their state's army is there too
        (
            "4 May 1993",
            "The Croats hold Vitez in Bosnia. Croat defenders beat off an attack on Busovaca.",
            ["holds hvo Vitez", "repels hvo Busovaca"],
        ),
        (
            "4 May 2003",
            "Ugandan troops stood in Bunia in Congo. The Ugandans left Fataki.",
            ["withdraws gov:UGA Fataki"],
        ),
        # who stormed it has it, once the others have gone
        (
            "3 May 2013",
            "M23 stormed Bunagana in Congo. By noon the FDLR had left Bunagana. The rebels now control the town.",
            ["contests m23 Bunagana", "withdraws fdlr Bunagana", "holds m23 Bunagana"],
        ),
        # the country is that of its groups and presidents, where nobody names it
        ("9 October 1997", "Lissouba's Cocoyes fled. Government troops hold Owando.", ["holds gov:COG Owando"]),
    ],
)
def test_whose_they_are_on_the_day(page: Callable[[str], Reading], day: str, told: str, wanted: list[str]) -> None:
    claims = [f"{c.kind} {c.actor} {c.place.name}" for c in page(f"The war today\n\n{day}\n\n{told}\n").claims]
    assert [c for c in claims if c in wanted] == wanted


LEADERS = "Forces loyal to Alassane Ouattara took Bouake in Ivory Coast on Wednesday."


def test_a_leader_stands_for_the_group_that_fights_for_him_then(page: Callable[[str], Reading]) -> None:
    claims = page(f"""
        Rebels take Bouake

        31 March 2011

        {LEADERS}
    """).claims
    assert {c.actor for c in claims if c.anchors.actor} >= {"frci"}


def test_how_much_of_a_place_and_where_to(reader: Reader) -> None:
    (most,) = reader.read(body("The rebels took large parts of Bouar in the Central African Republic.")).claims
    assert (most.actor, most.extent) == ("rebels:CAF", "part")
    (left,) = reader.read(body("M23 withdrew from Walikale towards Masisi in Congo.")).claims
    assert (left.place.name, left.destination) == ("Walikale", "Masisi")


def test_who_takes_a_place_together_is_nobodys_enemy(reader: Reader) -> None:
    claims = reader.read(body("Ethiopian and Eritrean troops recaptured Axum.")).claims
    assert [(c.actor, c.jointly_with, c.against) for c in claims] == [
        ("gov:ETH", ("gov:ERI",), None),
        ("gov:ERI", ("gov:ETH",), None),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        *GRAMMAR,
        *ALLEGIANCE,
        *HELPERS,
        *PEOPLES,
        *COUNTRIES,
        *TOGETHER,
        *WORDS_FOR_MANY,
        *BY_THE_REPORT,
        *LED,
        *UNLISTED,
        *SEATS,
        *SHORTENED,
        *OWN_VOICE,
    ],
)
def test_who(reader: Reader, text: str, wanted: list[str]) -> None:
    claims = [f"{c.kind} {c.actor} {c.place.name}" for c in reader.read(body(text)).claims]
    assert claims == wanted


@pytest.mark.parametrize(
    ("text", "attacker"),
    [
        # who took it years ago has it, and is not who fights for it now
        (
            "The RSF seized Dilling in 2021. Sudan's army took Kadugli on Monday. The battle for Dilling goes on.",
            "gov:SDN",
        ),
        ("Dilling, which the RSF seized in 2021, is quiet. The campaign for the town was opened in March.", "gov:SDN"),
        ("The RSF took Kadugli on Monday. The battle for Dilling goes on, Sudan's army said.", "rsf"),
    ],
)
def test_who_attacks(reader: Reader, text: str, attacker: str) -> None:
    claims = reader.read(body(text, stated_date="2024-06-01")).claims
    assert [c.actor for c in claims if c.kind == "contests"] == [attacker]
