"""When a claim was so: which expression of time is its own, and what interval that makes.

Reports here are made up, about places that exist; said on Thursday 15 June 2023 where they have a date.
"""

from __future__ import annotations

from datetime import date

import pytest
from short_reports import body

from whoholds.claims.draft import Draft
from whoholds.claims.times.dating import Calendar
from whoholds.claims.times.elsewhere import Dated
from whoholds.model import IntervalError, Report, Role, Section, Span, When
from whoholds.pipeline import Reader

SAID = "2023-06-15"


def dated(reader: Reader, text: str, kind: str, place: str, said: str | None) -> tuple[str | None, str | None]:
    report = body(text, stated_date=said) if said else body(text)
    (claim,) = [c for c in reader.read(report).claims if c.kind == kind and c.place.name == place]
    return tuple(day.isoformat() if day else None for day in (claim.when.start, claim.when.end))


REPELLED = ("repels", "Goma", "2023-05-05", "2023-05-05")
NEWS = [
    # a date of its own, wherever the parser hangs it
    ("The army captured Bama on Monday.", "gains", "Bama", "2023-06-12", "2023-06-12"),
    # what is told of long ago goes on in its year; what "have" tells has no other start than the report
    (
        "Rebels pulled out of Bama in January 2015. They returned in February.",
        *("gains", "Bama", "2015-02-01", "2015-02-28"),
    ),
    (
        "The rebels have held Baga since March. They have in eight weeks captured Bama.",
        *("gains", "Bama", "2023-04-20", "2023-06-15"),
    ),
    (
        "In July 2015 the rebels of Mali were strong. The rebels had the town of Kidal.",
        *("holds", "Kidal", "2015-07-01", "2015-07-31"),
    ),
    # an aside that compares does not move the story, nor does a deal that is named by its month
    (
        "Baga fell on 2 December. Then the army tried to enter Bama, as it had on 3 May five years before. "
        "In January rebels captured Gamboru.",
        *("gains", "Gamboru", "2023-01-01", "2023-01-31"),
    ),
    # days in words
    ("The general announced on the sixth that Bama had been captured.", "gains", "Bama", None, "2023-06-06"),
    ("Rebels captured Bama on the fourth attempt.", "gains", "Bama", None, "2023-06-15"),
    (
        "M23 fighters have stayed in Goma, and left Sake last month.",
        *("holds", "Goma", "2023-06-15", "2023-06-15"),
    ),
    (
        "Bama is under the army's control since 16 May, when it threw out rebels who had seized Baga on the 3rd.",
        *("gains", "Baga", "2023-05-03", "2023-05-03"),
    ),
    (
        "The army captured Bama on 2 May, with its allies capturing Baga by 6 May.",
        *("gains", "Baga", "2023-05-02", "2023-05-06"),
    ),
    (
        "The M23 lost Kitshanga in April; they fled from Mushaki, which the army entered on 30 April.",
        *("withdraws", "Mushaki", "2023-04-01", "2023-04-30"),
    ),
    ("The M23 had besieged Goma for a month in 2012.", "besieges", "Goma", "2012-01-01", "2012-12-31"),
    (
        "The M23 raided Goma in March this year and slipped away from Sake.",
        *("withdraws", "Sake", "2023-03-01", "2023-03-31"),
    ),
    ("Boko Haram withdrew overnight from Baga.", "withdraws", "Baga", "2023-06-14", "2023-06-15"),
    ("Rebels of the M23 in May seized the town of Kitshanga.", "gains", "Kitshanga", "2023-05-01", "2023-05-31"),
    ("The Taliban took Ghazni on 3 May, Herat on 5 May.", "gains", "Ghazni", "2023-05-03", "2023-05-03"),
    (
        "The army took Bama, the last of the towns that Boko Haram had, before dawn on Tuesday.",
        *("gains", "Bama", "2023-06-13", "2023-06-13"),
    ),
    # shared over clauses
    ("On 2 May the Taliban attacked Ghazni and captured Herat.", "gains", "Herat", "2023-05-02", "2023-05-02"),
    ("The rebels left Goma on 2 May, abandoning Sake as well.", "withdraws", "Sake", "2023-05-02", "2023-05-02"),
    (
        "Since the operation began on 30 April, the army has retaken Bama.",
        *("gains", "Bama", "2023-04-30", "2023-06-15"),
    ),
    ("The M23 holds Goma and, since February, Bukavu.", "holds", "Goma", "2023-06-15", "2023-06-15"),
    ("The M23 holds Goma and, since February, Bukavu.", "holds", "Bukavu", "2023-02-01", "2023-06-15"),
    # what ended it, what came soon after, what it was before
    (
        "The M23 ruled Bunagana until the army retook it in November 2013.",
        *("holds", "Bunagana", None, "2013-11-30"),
    ),
    ("The M23 was in control of Sake till the rains came.", "holds", "Sake", None, "2023-06-15"),
    (
        "The M23 had held Sake since 2022 until it was driven out by the army in May.",
        *("holds", "Sake", "2022-01-01", "2023-05-31"),
    ),
    ("The M23 took Sake in February and Mweso shortly after.", "gains", "Mweso", "2023-02-01", "2023-06-15"),
    (
        "The M23 repelled several attempts to win back Sake after May 9, when it took Mweso.",
        *("gains", "Mweso", "2023-05-09", "2023-05-09"),
    ),
    (
        "The fighting began on 27 May. Within three days the M23 held Sake, which the army had controlled since 2021. "
        "Mweso had fallen to it by the end of the month.",
        *("gains", "Mweso", None, "2023-05-31"),
    ),
    (
        "The army lost Rutshuru in October 2021 and Kitshanga in January of the next year.",
        *("loses", "Kitshanga", "2022-01-01", "2022-01-31"),
    ),
    (
        "After the war of 2020 the army held Shusha. "
        "Lachin was handed over by Armenia under the truce signed that November.",
        *("withdraws", "Lachin", "2020-11-01", "2020-12-31"),
    ),
    # the day of the statement is not that of the event
    ("The army said on 2 June that it had retaken Bama.", "gains", "Bama", None, "2023-06-02"),
    ("The mayor said on 2 June that rebels controlled Goma.", "holds", "Goma", "2023-06-02", "2023-06-02"),
    # background
    (
        "The army entered Baga on Monday. Boko Haram had seized Bama in September 2014.",
        *("gains", "Bama", "2014-09-01", "2014-09-30"),
    ),
    ("Russian forces hold Lyman, which they took in May 2022.", "holds", "Lyman", "2023-06-15", "2023-06-15"),
    ("The army on Monday attacked rebel-held Goma.", "holds", "Goma", "2023-06-12", "2023-06-12"),
    ("The army on Monday retook rebel-held Goma.", "holds", "Goma", None, "2023-06-12"),
    # a plan is not for next year because the telling has a date
    (
        "Nigerian soldiers gather near Gwoza on May 20th, during an operation to retake Bama.",
        *("gains", "Bama", "2023-06-15", None),
    ),
    ("The army gathered on 2 June and will enter Bama on 20 June.", "gains", "Bama", "2023-06-20", "2023-06-20"),
    # no date: by tense
    ("The army captured Bama.", "gains", "Bama", None, "2023-06-15"),
    ("The army has captured Bama.", "gains", "Bama", None, "2023-06-15"),
    ("Rebels are advancing on Goma.", "advances", "Goma", "2023-06-15", "2023-06-15"),
    ("Troops were fighting in Bama.", "contests", "Bama", "2023-06-15", "2023-06-15"),
    ("Rebels control Goma.", "holds", "Goma", "2023-06-15", "2023-06-15"),
    # states that last
    ("Rebels have held Goma since 27 January.", "holds", "Goma", "2023-01-27", "2023-06-15"),
    ("Rebels have controlled Goma for two weeks.", "holds", "Goma", "2023-06-01", "2023-06-15"),
    ("Rebels have controlled Goma for months.", "holds", "Goma", "2023-06-15", "2023-06-15"),
    ("On 2 May rebels entered Goma. They held Goma for two weeks.", "holds", "Goma", "2023-05-02", "2023-05-16"),
    ("Rebels held Goma until 4 June.", "holds", "Goma", None, "2023-06-04"),
    ("Rebels held Goma from 4 March to 9 April.", "holds", "Goma", "2023-03-04", "2023-04-09"),
    # where the story stands
    ("Fighting broke out on Monday. The rebels captured Goma.", "gains", "Goma", "2023-06-12", "2023-06-15"),
    ("Bama fell in 2014. The army captured Baga.", "gains", "Baga", None, "2023-06-15"),
    ("4 May. Rebels take Goma.", "gains", "Goma", "2023-05-04", "2023-05-04"),
    # lists of places, each with its date; dates in brackets
    (
        "The army retook Bama in April, and Baga, on the shore of the lake, on Monday.",
        *("gains", "Baga", "2023-06-12", "2023-06-12"),
    ),
    (
        "Three towns are in the hands of the Taliban: Ghazni (since 2 May), Herat (since April) and Kunduz.",
        *("holds", "Kunduz", "2023-06-15", "2023-06-15"),
    ),
    # what is said after the story's day has happened since
    (
        "The offensive began on Monday. The ministry said that troops had taken Bama.",
        *("gains", "Bama", "2023-06-12", "2023-06-15"),
    ),
    (
        "Troops attacked on Monday. The ministry said on Wednesday that they had taken Bama.",
        *("gains", "Bama", "2023-06-12", "2023-06-14"),
    ),
    ("Troops moved on Monday. Goma is the only city that rebels captured.", "gains", "Goma", None, "2023-06-15"),
    # a date behind what is said is not that of the saying
    (
        "Before that, the statement recalls, the army had taken Bama and Baga, in mid May, and Gwoza in June.",
        *("gains", "Baga", "2023-05-11", "2023-05-20"),
    ),
    ("Police said that troops had entered Bama at about 8 p.m.", "gains", "Bama", "2023-06-15", "2023-06-15"),
    ("By Tuesday evening the army had captured Bama.", "gains", "Bama", None, "2023-06-13"),
    ("A rebel attack on Goma on 5 May was repelled.", *REPELLED),
    (
        "The offensive began on 27 May. Bama had fallen to the army by the end of the month.",
        *("gains", "Bama", None, "2023-05-31"),
    ),
    ("09:15 The army says that it has taken Bama.", "gains", "Bama", "2023-06-15", "2023-06-15"),
    # what is denied is not so on the report's day
    ("The army denied that it had lost Bama.", "loses", "Bama", "2023-06-15", "2023-06-15"),
    # a date of a claim that was made, and what is counted from "since"
    (
        "The UN has held Bouar since 16 January. The rebels left Bambari on the 20th.",
        *("withdraws", "Bambari", "2023-01-20", "2023-01-20"),
    ),
    (
        "On Monday troops entered Gwoza, seven months after Boko Haram (BH) captured Bama.",
        *("gains", "Bama", "2022-11-01", "2022-11-30"),
    ),
    # what is to come
    ("The army will retake Bama.", "gains", "Bama", "2023-06-15", None),
    ("The army will enter Bama tomorrow.", "gains", "Bama", "2023-06-16", "2023-06-16"),
    ("The army said on Monday that it would retake Bama.", "gains", "Bama", "2023-06-15", None),
    ("Rebels may attack Goma.", "contests", "Goma", "2023-06-15", None),
    ("When the UN left Kidal on 3 May, rebels captured Gao.", "gains", "Gao", "2023-05-03", "2023-05-03"),
    ("There was a lull until 6 May, when the army captured Bama.", "gains", "Bama", "2023-05-06", "2023-05-06"),
    ("Rebels began a drive to take Goma on 3 June. They captured Sake.", "gains", "Sake", "2023-06-03", "2023-06-15"),
    ("On 3 June the army entered Baga. In ten days they captured Bama.", "gains", "Bama", "2023-06-03", "2023-06-13"),
    ("- 4 May: Rebels take Goma.", "gains", "Goma", "2023-05-04", "2023-05-04"),
    # an event that is named counts from itself, and what came after it from the day that it was told with
    (
        "The army on Monday recaptured Baga, three days after Boko Haram overran Bama.",
        *("gains", "Baga", "2023-06-12", "2023-06-12"),
    ),
    (
        "On 3 May Boko Haram captured Bama. A week after the fall of Bama, the army recaptured Gwoza.",
        *("gains", "Gwoza", "2023-05-10", "2023-05-10"),
    ),
    # bounds by events, and dates that belong to a bound
    (
        "Goma had been held by rebels since the beginning of their campaign on 4 April.",
        *("holds", "Goma", "2023-04-04", "2023-06-15"),
    ),
    (
        "Goma has been controlled by rebels since the war of the early 1990s.",
        *("holds", "Goma", "1990-01-01", "2023-06-15"),
    ),
    ("The army expects to enter Bama before the 28 June election.", "gains", "Bama", "2023-06-15", "2023-06-27"),
    (
        "The army has stepped up its attacks since May, when it captured Bama.",
        *("gains", "Bama", "2023-05-01", "2023-05-31"),
    ),
    ("The rebels took Goma in March and held it until the end of May.", "holds", "Goma", "2023-03-01", "2023-05-31"),
    # what holds now has no date of the past, and nothing told has one that is still to come
    (
        "On 9 May rebels seized Goma; a general complained that they are still holding the town.",
        *("holds", "Goma", "2023-06-15", "2023-06-15"),
    ),
    (
        "The army claims to be in control of Goma, which suffered badly in May.",
        *("holds", "Goma", "2023-06-15", "2023-06-15"),
    ),
    ("Rebels left Goma in May. The army is now trying to capture Sake.", "gains", "Sake", "2023-06-15", "2023-06-15"),
    ("Rebels left Goma, flights to resume next week.", "withdraws", "Goma", None, "2023-06-15"),
    # a length that is open at its end lasted so long at least
    ("Goma has been governed by the M23 for over a year.", "holds", "Goma", "2022-06-15", "2023-06-15"),
    ("Goma had been under siege for more than a year.", "besieges", "Goma", "2022-06-15", "2023-06-15"),
    ("The army has held Goma for the best part of two years.", "holds", "Goma", "2021-06-15", "2023-06-15"),
    ("Goma has been governed by the M23 for years.", "holds", "Goma", "2023-06-15", "2023-06-15"),
    # "from" a day on, up to what ended it
    ("The rebels had Goma from March.", "holds", "Goma", "2023-03-01", "2023-06-15"),
    (
        "Bama, which served as Boko Haram's base from March last year, was evacuated on 2 June.",
        *("holds", "Bama", "2022-03-01", "2023-06-02"),
    ),
    ("The rebels held Goma from March to May.", "holds", "Goma", "2023-03-01", "2023-05-31"),
    ("The army has ruled Goma since the war of 2008-09.", "holds", "Goma", "2008-01-01", "2023-06-15"),
    ("The army has since April recaptured Bama.", "gains", "Bama", "2023-04-01", "2023-06-15"),
    # not until then
    ("The army did not enter Bama until 2 May.", "gains", "Bama", "2023-05-02", "2023-05-02"),
    ("Goma was attacked in March, and Sake was not taken until May.", "gains", "Sake", "2023-05-01", "2023-05-31"),
    ("The army held Bama until 2 May.", "holds", "Bama", None, "2023-05-02"),
    # a plan is to come from the day on which it is told
    ("The army announced in January that it would recapture Bama.", "gains", "Bama", "2023-01-01", None),
    ("The army may recapture Bama before the month is out.", "gains", "Bama", "2023-06-15", "2023-06-30"),
    ("The army will recapture Bama by the new year.", "gains", "Bama", "2023-06-15", "2024-01-01"),
    # how long it had lasted
    ("The army took Bama on Monday after two weeks of siege.", "besieges", "Bama", "2023-05-29", "2023-06-12"),
    ("The army took Bama on Monday after three months of fighting.", "contests", "Bama", "2023-03-14", "2023-06-12"),
    ("M23 first occupied Goma for eleven days in November 2012.", "holds", "Goma", "2012-11-01", "2012-11-30"),
    ("Rebels, who held Goma for ten days, left it on Monday.", "holds", "Goma", "2023-06-02", "2023-06-12"),
    ("Goma, where rebels had held out, fell to the army on Monday.", "holds", "Goma", None, "2023-06-12"),
    # clefts, parts of months, notes by day
    ("It was on the 8th only that soldiers of the army entered Goma.", "gains", "Goma", "2023-06-08", "2023-06-08"),
    ("The army recaptured Bama in a few days of May.", "gains", "Bama", "2023-05-01", "2023-05-31"),
    ("5 May. Rebels attack at several points. The army beats them off at Goma by noon.", *REPELLED),
    # an event that is named counts from itself
    (
        "The army on Monday recaptured Baga, three days after Boko Haram overran Bama.",
        *("gains", "Bama", "2023-06-09", "2023-06-09"),
    ),
    # by the order of the words, where the parser loses which verb is the main one
    (
        "The border town of Mese in Kayah State slipped from the Myanmar military's grip on Tuesday night when "
        "Battalion 430, its last base there, was overrun by the Karenni Army.",
        *("gains", "Mese", "2023-06-13", "2023-06-13"),
    ),
    (
        "The rebels, who had held Goma until two weeks ago, attacked the airport.",
        *("holds", "Goma", None, "2023-06-04"),
    ),
    (
        "In April, the statement recalls, the army had taken Gwoza and Bama, in the middle of May.",
        *("gains", "Bama", "2023-05-11", "2023-05-20"),
    ),
    ("Goma was seized by defecting soldiers in May.", "gains", "Goma", "2023-05-01", "2023-05-31"),
    # other statements of a sentence have dates of their own
    ("Goma: under rebel control; new chiefs appointed last week.", "holds", "Goma", "2023-06-15", "2023-06-15"),
    ("Goma was attacked on 2 May; the army left Sake on 4 May.", "withdraws", "Sake", "2023-05-04", "2023-05-04"),
    (
        "In March the rebels broke through for a few days; the army acknowledged only attacks on Sake.",
        *("contests", "Sake", "2023-03-01", "2023-03-31"),
    ),
    # what comes next in a clause of its own, and what was before
    (
        "On Friday 2 June rebels attacked the post of Sake, which they overran after three hours.",
        *("gains", "Sake", "2023-06-02", "2023-06-02"),
    ),
    ("On Friday 2 June the army attacked Sake, which rebels had overrun.", "gains", "Sake", None, "2023-06-15"),
    (
        "The work was troubled on 1 and 2 June by attacks of armed groups on Goma, which the army repelled.",
        *("repels", "Goma", "2023-06-01", "2023-06-02"),
    ),
    (
        "The movement grew out of the coup of 19 May, when rebel soldiers captured Goma.",
        *("gains", "Goma", "2023-05-19", "2023-05-19"),
    ),
    ("The army secured Bama after troops were landed on 12 May.", "gains", "Bama", "2023-05-12", "2023-06-15"),
    (
        "Bama was handed over to Nigeria by Chad under the truce signed in April.",
        *("withdraws", "Bama", "2023-04-01", "2023-05-31"),
    ),
    ("The rebels left Goma on 3 May but came back soon afterwards.", "gains", "Goma", "2023-05-03", "2023-06-15"),
    # how long it had been so, up to what ended it
    (
        "On Monday the army took the town of Bama, which had been in rebel hands for ten days.",
        *("holds", "Bama", "2023-06-02", "2023-06-12"),
    ),
    (
        "Soldiers took Minutka Square, which they had stormed for two weeks, on Monday.",
        *("contests", "Minutka Square", "2023-05-29", "2023-06-12"),
    ),
    (
        "Goma was in rebel hands for ten days until the army retook it on 13 May.",
        *("holds", "Goma", "2023-05-03", "2023-05-13"),
    ),
    ("Rebels held Goma for up to two weeks earlier this month.", "holds", "Goma", "2023-06-01", "2023-06-14"),
    ("Goma remains besieged by rebels for the third month.", "besieges", "Goma", "2023-03-15", "2023-06-15"),
    (
        "The two towns of Goma and Sake had been held by rebels siding with Rwanda since the beginning of their "
        "campaign on 4 April.",
        *("holds", "Goma", "2023-04-04", "2023-06-15"),
    ),
    (
        "Bukavu was the base of the assault on Goma, which began in April.",
        "contests",
        "Goma",
        "2023-04-01",
        "2023-06-15",
    ),
    ("The army took Bama on Monday after days of clashes.", "contests", "Bama", "2023-06-10", "2023-06-12"),
    # dates joined by "and", dates of things
    ("Goma was captured twice, in 2015 and 2016.", "gains", "Goma", "2015-01-01", "2016-12-31"),
    ("The army pulled back from Bama on Tuesday to the lines of May 2020.", "withdraws", "Bama", *["2023-06-13"] * 2),
    # what may be so now, and forms without an ending
    ("Rebels broke through in the north and likely hold Goma.", "holds", "Goma", "2023-06-15", "2023-06-15"),
    ("The army captured Bama in May and cut the road to Baga.", "besieges", "road to Baga", "2023-05-01", "2023-05-31"),
    # what is told elsewhere of the same place
    ("The army captured Bama on Monday. Boko Haram admitted the loss of Bama.", "loses", "Bama", *["2023-06-12"] * 2),
    (
        "The drive on Sake began on Friday 2 June. Rebels came on Saturday. By Friday evening rebels had taken Goma.",
        *("gains", "Goma", "2023-06-02", "2023-06-09"),
    ),
    # within so long of what was told last, be that a month
    (
        "The M23 crossed into Ituri in March. Bunia fell within weeks.",
        *("gains", "Bunia", "2023-03-01", "2023-06-02"),
    ),
    (
        "In May 2019 the militia entered Bama for the first time, but was thrown out within three days.",
        *("loses", "Bama", "2019-05-01", "2019-06-03"),
    ),
    (
        "The bridge at Kunlong came under MNDAA control on 12 May, and Konkyan was cleared of troops before the month "
        "was out.",
        *("gains", "Konkyan", "2023-05-12", "2023-05-31"),
    ),
    (
        "On 1 June the army declared that Lalibela was free. Eleven days after that the rebels took Sekota.",
        *("gains", "Sekota", "2023-06-12", "2023-06-12"),
    ),
    (
        "The two sides gave rival accounts on Wednesday of how Bama, besieged by Boko Haram on 10 April, had returned "
        "to the army's control the previous day.",
        *("gains", "Bama", "2023-06-13", "2023-06-13"),
    ),
    (
        "Pervomaisk has been under separatist control since the summer of 2014. Zolote was retaken by the army that "
        "July.",
        *("gains", "Zolote", "2014-07-01", "2014-07-31"),
    ),
    # since: no comparison, and since an event of that date
    (
        "Leon would be left to the guerrillas who have governed most of it since June 5.",
        *("holds", "Leon", "2023-06-05", SAID),
    ),
    (
        "The army retook Bama, the largest town that Boko Haram had held since its offensive last August.",
        *("holds", "Bama", "2022-08-01", SAID),
    ),
    (
        "The army held Bama on Monday, after the heaviest attack on the town since June 5.",
        *("holds", "Bama", "2023-06-12", "2023-06-12"),
    ),
    # the date of one town of a list is not the others'
    (
        "The CODECO militia holds Djugu, Fataki and, as of last week, most of Mongbwalu.",
        *("holds", "Fataki", SAID, SAID),
    ),
    # held until the day of the main clause
    (
        "In early June the army dislodged the M23 from Kibumba, from which the rebels had besieged Rutshuru.",
        *("besieges", "Rutshuru", None, "2023-06-10"),
    ),
    (
        "The rebels raided Kitale in March this year, held a third of it for three days and then left.",
        *("holds", "Kitale", "2023-03-01", "2023-04-03"),
    ),
    (
        "M23 rebels who last week captured Kiwanja were on Thursday fighting to keep it.",
        *("gains", "Kiwanja", "2023-06-05", "2023-06-11"),
    ),
    (
        "The army has surrounded Baga, its spokesman said on Thursday, five weeks after Boko Haram gunmen stormed Bama "
        "and briefly held its barracks.",
        *("holds", "Bama", "2023-05-08", "2023-05-14"),
    ),
    (
        "Boko Haram, which had held Baga until two weeks ago, attempted to profit from the confusion with a raid on "
        "Bama.",
        *("contests", "Bama", SAID, SAID),
    ),
    ("The M23 had hoped to take Goma by the end of May.", "gains", "Goma", None, "2023-05-31"),
    ("The M23 hopes to take Goma by the end of July.", "gains", "Goma", SAID, "2023-07-31"),
    # what an entry of a diary calls yesterday, and what goes on under its date
    (
        "Monday 5 June. Columns of the M23 are in Goma. They have left Rutshuru behind and, since yesterday, Kibumba.",
        *("withdraws", "Kibumba", "2023-06-04", "2023-06-05"),
    ),
    (
        "Tuesday 6 June. Fighting for the barracks of Sake goes on all night. Kenyan soldiers occupy only Kibumba.",
        *("holds", "Kibumba", "2023-06-06", "2023-06-06"),
    ),
    (
        "The army took Sake on 5 June. Yesterday it took Kibumba.",
        *("gains", "Kibumba", "2023-06-14", "2023-06-14"),
    ),
]


@pytest.mark.parametrize(("text", "kind", "place", "start", "end"), NEWS)
def test_in_a_report_of_a_day(
    reader: Reader, text: str, kind: str, place: str, start: str | None, end: str | None
) -> None:
    assert dated(reader, text, kind, place, SAID) == (start, end)


STORIES = [
    (
        "Throughout 2012 the rebels had raided posts: Sake in March, and on 3 August Bunia. In October they took Goma.",
        *("gains", "Goma", "2012-10-01", "2012-10-31"),
    ),
    (
        "It was the 2012 war. Goma had been in rebel hands since August 1998. On 27 May the army of Congo took Sake.",
        *("gains", "Sake", "2012-05-27", "2012-05-27"),
    ),
    (
        "On 8 September 2022 Ukrainian troops entered Balakliia. Russia had held Izium since March.",
        *("holds", "Izium", "2022-03-01", "2022-09-08"),
    ),
    (
        "On 8 May 2022 Ukrainian troops entered Balakliia. Russian troops had captured Izium in June.",
        *("gains", "Izium", "2021-06-01", "2021-06-30"),
    ),
    ("On 5 May 2012 rebels entered Goma. By 9 May they had taken Sake.", "gains", "Sake", "2012-05-05", "2012-05-09"),
    ("By May 2012 the army was weak. Rebels captured Goma.", "gains", "Goma", "2012-05-01", "2012-05-31"),
    (
        "On 5 May 2012 rebels entered Goma. The next day they captured Sake.",
        *("gains", "Sake", "2012-05-06", "2012-05-06"),
    ),
    ("On 5 May 2012 rebels entered Goma. They also captured Sake.", "gains", "Sake", "2012-05-05", "2012-05-05"),
    ("On 5 May 2012 rebels entered Goma. In June, the army retook Sake.", "gains", "Sake", "2012-06-01", "2012-06-30"),
    ("On 5 May 2012 rebels entered Goma. The army held Sake.", "holds", "Sake", "2012-05-05", "2012-05-05"),
    ("On 5 May 2012 rebels entered Goma. The army had left Sake.", "withdraws", "Sake", None, "2012-05-05"),
    (
        "On 5 May 2012 rebels took Goma, which had fallen before in 2008. Two days later they captured Sake.",
        *("gains", "Sake", "2012-05-07", "2012-05-07"),
    ),
    (
        "On 5 May 2012 rebels entered Goma. By 9 May they had captured Sake. The next day they left Masisi.",
        *("withdraws", "Masisi", "2012-05-10", "2012-05-10"),
    ),
    (
        "Goma was besieged by rebels since March 2012. On 5 May 2012 the army left Sake.",
        *("withdraws", "Sake", "2012-05-05", "2012-05-05"),
    ),
    (
        "Goma was quiet. In early May 2012 rebels broke a three-year army siege of Masisi.",
        *("besieges", "Masisi", "2009-05-11", "2012-05-10"),
    ),
    (
        "On 5 May 2012 rebels entered Goma. By 9 May they claimed to have captured Sake on 8 May.",
        *("gains", "Sake", "2012-05-08", "2012-05-08"),
    ),
    (
        "On 5 May 2012 rebels attacked Goma. After a week of heavy fighting, they captured Sake.",
        *("gains", "Sake", "2012-05-12", "2012-05-12"),
    ),
    (
        "On 5 May 2012 rebels entered Goma. The army has since withdrawn from Sake, and Masisi has been captured.",
        *("gains", "Masisi", "2012-05-05", "2012-05-05"),
    ),
    (
        "On 5 May 2012 rebels entered Goma. Around the same time, the army had withdrawn from Sake.",
        *("withdraws", "Sake", "2012-05-05", "2012-05-05"),
    ),
    (
        "On 5 May 2012 rebels entered Goma. It was the first time that they had captured Sake.",
        *("gains", "Sake", "2012-05-05", "2012-05-05"),
    ),
    (
        "The war of 2012 broke out in May. In July rebels held Goma until late July, when they left Sake.",
        *("withdraws", "Sake", "2012-07-21", "2012-07-31"),
    ),
    (
        "A battle raged in Goma until late May 2012, when the army left the town. Rebels then captured Sake.",
        *("gains", "Sake", "2012-05-21", "2012-05-31"),
    ),
    # what the day before is counted from, and which of two dates says more
    (
        "In May 2012, rebels launched an offensive and captured Goma on 18 May. A day earlier, the army had left Sake.",
        *("withdraws", "Sake", "2012-05-17", "2012-05-17"),
    ),
    (
        "Goma fell on 25 May 2012. Four days after that, rebels captured Sake.",
        *("gains", "Sake", "2012-05-29", "2012-05-29"),
    ),
    (
        "On 20 May 2012 the army attacked. Goma was retaken at dawn the next day.",
        *("gains", "Goma", "2012-05-21", "2012-05-21"),
    ),
    (
        "They fled in 1996. Two years later, on 27 May 1998, they came back. Goma stayed in rebel hands until 2009.",
        *("holds", "Goma", "1998-05-27", "2009-12-31"),
    ),
    (
        "Rebels launched an attack on Goma in January 1991. Sake was captured on 29 January.",
        *("contests", "Goma", "1991-01-01", "1991-01-31"),
    ),
    (
        "The Battle of Goma lasted from 7 May to 23 June 2004. Troops came on 8 May. They left on 20 June.",
        *("contests", "Goma", "2004-05-07", "2004-06-23"),
    ),
    (
        "On 5 May 2012 rebels took Sake. Goma, the last town held by the army in the east, fell to them on 9 May.",
        *("holds", "Goma", None, "2012-05-09"),
    ),
    (
        "On 5 May 2012 rebels entered Goma. On 8 May the army said that it had retaken Sake.",
        *("gains", "Sake", "2012-05-05", "2012-05-08"),
    ),
    (
        "Rebels left Goma in August 2012. Having crossed the lake on 14 October, they took Sake in early November.",
        *("gains", "Sake", "2012-11-01", "2012-11-10"),
    ),
    (
        "Rebels left Goma in October 2012. Sake, which they had captured on 3 August, is theirs.",
        *("gains", "Sake", "2012-08-03", "2012-08-03"),
    ),
    (
        "The army took Gao on 10 June 2013. The rebels did not enter Kidal until 19 August. Menaka had been overrun a "
        "week before.",
        *("gains", "Menaka", "2013-08-12", "2013-08-12"),
    ),
]


@pytest.mark.parametrize(("text", "kind", "place", "start", "end"), STORIES)
def test_in_a_story_without_a_date(
    reader: Reader, text: str, kind: str, place: str, start: str | None, end: str | None
) -> None:
    assert dated(reader, text, kind, place, None) == (start, end)


def sections(*parts: tuple[Role, str]) -> Report:
    """A report of 15 June 2023 in these sections, one a line."""
    text, spans, at = "\n".join(words for _, words in parts), [], 0
    for role, words in parts:
        spans.append(Section(Span(at, at + len(words)), role))
        at += len(words) + 1
    return Report("test.txt", text, tuple(spans), stated_date=SAID)


def days(reader: Reader, report: Report, kind: str) -> list[tuple[str, str, str]]:
    claims = [c for c in reader.read(report).claims if c.kind == kind]
    return sorted((c.place.name, str(c.when.start), str(c.when.end)) for c in claims)


def test_a_headline_has_the_day_that_the_text_tells(reader: Reader) -> None:
    report = sections((Role.TITLE, "Rebels capture Goma"), (Role.BODY, "Rebels captured Goma late on Tuesday."))
    assert days(reader, report, "gains") == [("Goma", "2023-06-13", "2023-06-13")] * 2


def test_what_is_taken_again_was_lost_before(reader: Reader) -> None:
    report = body(
        "Boko Haram captured Bama on 10 May. The army said on 12 June that it had recaptured Bama.", stated_date=SAID
    )
    assert days(reader, report, "gains") == [("Bama", "2023-05-10", "2023-05-10"), ("Bama", "2023-05-10", "2023-06-12")]


def test_a_headline_of_what_the_text_does_not_date_is_open(reader: Reader) -> None:
    report = sections((Role.TITLE, "Rebels capture Goma"), (Role.BODY, "Rebels captured Goma in May 2012."))
    assert ("Goma", "None", "2023-06-15") in days(reader, report, "gains")


def test_a_headline_alone_tells_the_news_of_the_week(reader: Reader) -> None:
    report = sections((Role.TITLE, "Rebels capture Goma"), (Role.BODY, "Shops in the town were shut."))
    assert days(reader, report, "gains") == [("Goma", "2023-06-08", "2023-06-15")]
    report = sections((Role.TITLE, "How rebels captured Goma"), (Role.BODY, "Shops in the town were shut."))
    assert days(reader, report, "gains") == [("Goma", "None", "2023-06-15")]


def test_the_title_of_a_story_has_the_days_that_it_tells(reader: Reader) -> None:
    text = "The battle of Goma.\n\nOn 5 May 2012 rebels crossed the hills. On 8 May 2012 they entered the town."
    parts = (Section(Span(0, 19), Role.TITLE), Section(Span(21, len(text)), Role.BODY))
    found = [c.when for c in reader.read(Report("test.txt", text, parts)).claims if c.quote.start < 19]
    assert [(str(w.start), str(w.end)) for w in found] == [("2012-05-05", "2012-05-08")]


def test_a_heading_ends_the_background_of_a_story(reader: Reader) -> None:
    parts = (
        (Role.TITLE, "Fall of Goma (May 2012)"),
        (Role.HEADING, "Background"),
        (Role.BODY, "Rebels captured Sake in June 2004."),
        (Role.HEADING, "Course"),
        (Role.BODY, "On 8 May the rebels entered Goma."),
    )
    text, sections_, at = "\n".join(words for _, words in parts), [], 0
    for role, words in parts:
        sections_.append(Section(Span(at, at + len(words)), role))
        at += len(words) + 1
    found = days(reader, Report("test.txt", text, tuple(sections_)), "gains")
    assert ("Goma", "2012-05-08", "2012-05-08") in found


def test_entries_of_a_live_report_tell_of_its_day(reader: Reader) -> None:
    entries = (
        (Role.DATELINE, "15 Jun 2023, 09:14 –"),
        (Role.BODY, "A spokesman says the army has entered Bama from four sides."),
        (Role.DATELINE, "09:31 –"),
        (Role.BODY, "Boko Haram has left Baga."),
    )
    report = sections(*entries)
    assert days(reader, report, "gains") == [("Bama", SAID, SAID)]
    assert days(reader, report, "withdraws") == [("Baga", SAID, SAID)]
    alone = sections(*entries[:2])  # the time in a paper's dateline makes no live report of it
    assert days(reader, alone, "gains") == [("Bama", "None", SAID)]


def test_the_last_day_of_a_list_does_not_hold_under_the_next_heading(reader: Reader) -> None:
    report = sections(
        (Role.BODY, "- 12 June: Rebels leave Goma."),
        (Role.HEADING, "What is the base for?"),
        (Role.BODY, "The army holds Sake."),
    )
    assert days(reader, report, "holds") == [("Sake", SAID, SAID)]


def test_a_day_in_a_month_s_bulletin_is_of_that_month(reader: Reader) -> None:
    assert dated(reader, "The M23 captured Sake on 4 March.", "gains", "Sake", "2023-03") == (
        "2023-03-04",
        "2023-03-04",
    )
    between = "The M23 attacked Sake between March 4 and 11."
    assert dated(reader, between, "contests", "Sake", "2023-03") == ("2023-03-04", "2023-03-11")


def test_dates_that_cannot_be_together_cost_no_claim(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def impossible(*_: Calendar | Draft) -> Dated:
        return Dated(When(date(2009, 11, 1), date(2009, 5, 5)), None)

    monkeypatch.setattr(Calendar, "_of", impossible)
    assert dated(reader, "The army took Bama.", "gains", "Bama", SAID) == (None, SAID)
    with pytest.raises(IntervalError, match="ends before it starts: 2009-11-01 to 2009-05-05"):
        When(date(2009, 11, 1), date(2009, 5, 5))
