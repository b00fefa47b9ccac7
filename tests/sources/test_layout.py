"""Page text → sections. Every page here is made up; towns of the tests have names of no real war."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.model import Role
from whoholds.sources.layout import lay_out, outlet_of, title_of

LEAD = (
    "Government troops on Sunday retook the river town of Orsa from the rebels of the Northern Front, officials said, "
    "two weeks after it was lost."
)
SECOND = "“We control all of Orsa, from the mill to the bridge,” said Colonel Marek Dol, who commands the troops there."
THIRD = (
    "The rebels said in a statement that they had left the town to spare its people and still held Mell, 12 km away."
)
BODY = f"{LEAD}\n\n{SECOND}\n\n{THIRD}"


def roles(page: str) -> dict[str, str]:
    """Each section's words (line breaks as spaces) with its role; a second print does not hide the first."""
    found: dict[str, str] = {}
    for section in lay_out(page):
        words = " ".join(section.span.of(page).split())
        found[words if words not in found else words + " (again)"] = section.role.value
    return found


def dedent(page: str) -> str:
    return textwrap.dedent(page).strip("\n")


def test_a_whole_page_falls_into_its_parts() -> None:
    page = dedent(f"""
        The Orsa Courier
        Home | World | Business | Sport
        We use cookies to make this site better. Accept
        Home > World > Northern war

        Army retakes Orsa as rebels fall back on Mell
        By Jana Rook in Dorsa
        Published: Sunday, 3 May 2020, 18:42 GMT

        Soldiers on the bridge of Orsa on Sunday. (Courier Photo)

        Soldiers on the bridge of Orsa on Sunday. (Courier Photo)

        {BODY.replace(chr(10), chr(10) + "        ")}

        Share this: Facebook Twitter Email
        Related articles
        Rebels seize Tull after night of shelling
        Army abandons Kalm
        Comments (2)
        northener: The rebels will be back in Orsa by June, everybody here knows that, believe me.
        © 2020 The Orsa Courier. All rights reserved.
    """)
    found = roles(page)
    assert found["Army retakes Orsa as rebels fall back on Mell"] == "title"
    assert found["By Jana Rook in Dorsa"] == "byline"
    assert found["Published: Sunday, 3 May 2020, 18:42 GMT"] == "dateline"
    assert found["Soldiers on the bridge of Orsa on Sunday. (Courier Photo)"] == "caption"
    assert found["Soldiers on the bridge of Orsa on Sunday. (Courier Photo) (again)"] == "repeat"
    assert [found[part] for part in (LEAD, SECOND, THIRD)] == ["body"] * 3
    others = {words: role for words, role in found.items() if role == "furniture"}
    assert len(others) == 11
    assert title_of(page, lay_out(page)) == "Army retakes Orsa as rebels fall back on Mell"
    assert outlet_of(page, lay_out(page)) == "The Orsa Courier"


@pytest.mark.parametrize(
    "head",
    [
        "Related", "RELATED ARTICLES", "Read also", "More from World", "More on this story", "You may also like",
        "Most read", "Most viewed", "See also:", "Editor's picks", "Editors’ picks", "Recommended for you",
        "Top stories", "Latest news", "Trending now", "Don't miss", "READ NEXT",
        "Popular posts", "From the archive", "Other headlines of today",
        ".::. Stories You May Like .::.", "Also in News",
    ],
)  # fmt: skip
def test_headlines_under_such_a_heading_are_furniture(head: str) -> None:
    page = f"Army retakes Orsa\n\n{BODY}\n\n{head}\nRebels seize Tull after night of shelling\n- Army abandons Kalm\n"
    found = roles(page)
    assert {found[head], found["Rebels seize Tull after night of shelling"], found["- Army abandons Kalm"]} == {
        "furniture"
    }
    assert found[THIRD] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Related: Rebels seize Tull | Army abandons Kalm",
        "Read more: Rebels seize Tull after night of shelling",
        "ALSO READ: Rebels seize Tull",
        "See also: Army takes Kalm - Rebels flee Tull - Rain ahead",
        "Most read: 1. Rebels seize Tull 2. Who holds Mell? 3. Bread at home",
        "Tags: Orsa, Mell, Northern Front",
        "Topics: Orsa | Mell",
        "Share on Facebook | Tweet | Print this page",
        "Facebook  Twitter  Telegram",
        "Share  f  t  in  +",
        "- Click to share on Twitter (Opens in new window)",
        "Sign up to our morning briefing: the day's news in your inbox. Please enter a valid email address",
        "Follow us on Telegram | Send us your news",
        "You must be logged in to post a comment.",
        "Do you like this article?",
        "© Orsa Courier 2020",
        "(c) 2020 Orsa Courier. All rights reserved",
        "Log in | Register",
        "Support independent journalism. Donate today.",
        "Advertisement",
        "5 min read",
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_lines_of_the_page_s_frame_wherever_they_stand(line: str, below: bool) -> None:
    parts = [LEAD, SECOND, THIRD, line] if below else [LEAD, line, SECOND, THIRD]
    page = "Army retakes Orsa\n\n" + "\n\n".join(parts)
    found = roles(page)
    assert found[" ".join(line.split())] == "furniture"
    assert [found[part] for part in (LEAD, SECOND, THIRD)] == ["body"] * 3


def test_a_list_of_other_stories_in_the_middle_does_not_swallow_the_body() -> None:
    page = f"Army retakes Orsa\n\n{LEAD}\n\nMore on this story\nRebels seize Tull\nArmy abandons Kalm\n\n"
    page += f"{SECOND}\n\n{THIRD}"
    found = roles(page)
    assert found["Rebels seize Tull"] == found["Army abandons Kalm"] == "furniture"
    assert [found[part] for part in (LEAD, SECOND, THIRD)] == ["body"] * 3


def test_the_heading_after_such_a_list_is_the_body_s() -> None:
    page = (
        f"Army retakes Orsa\n\n{LEAD}\n\nRead also\n> Rebels seize Tull\n> Army abandons Kalm\n\n"
        f"HOW ORSA WAS LOST\n\n{SECOND}\n\n{THIRD}"
    )
    found = roles(page)
    assert found["HOW ORSA WAS LOST"] == "heading"
    assert found["> Army abandons Kalm"] == "furniture"


def test_headlines_above_the_title_never_become_title_or_body() -> None:
    page = (
        "Northern Herald\nTRENDING\nRebels seize Tull after night of shelling\nArmy abandons Kalm\n\n"
        f"Army retakes Orsa as rebels fall back\n3 May 2020\n\n{BODY}"
    )
    found = roles(page)
    assert found["Army retakes Orsa as rebels fall back"] == "title"
    assert found["Rebels seize Tull after night of shelling"] == found["Army abandons Kalm"] == "furniture"


def test_a_ticker_above_the_title_is_furniture() -> None:
    page = f"Breaking: Rebels seize Tull, army says\n\nArmy retakes Orsa as rebels fall back\n\n{BODY}"
    found = roles(page)
    assert found["Breaking: Rebels seize Tull, army says"] == "furniture"
    assert found["Army retakes Orsa as rebels fall back"] == "title"


def test_a_run_of_headlines_without_a_heading_is_furniture_on_a_page_with_a_frame() -> None:
    page = (
        f"Home | World | Sport\nArmy retakes Orsa\n\n{LEAD}\n\n{SECOND}\n\n"
        f"Rebels seize Tull after night of shelling\nArmy abandons Kalm to militia\n"
        f"Three held over bank raid in Dorsa\n\n{THIRD}"
    )
    found = roles(page)
    assert found["Army abandons Kalm to militia"] == "furniture"
    assert found[THIRD] == "body"


def test_teasers_of_other_stories_are_furniture_with_their_headlines() -> None:
    teaser = (
        "The militia said on Friday that it had entered the town of Kalm after a night of fighting in the hills […]"
    )
    other = "Officials in Dorsa said that three men were being held over the raid on the bank in the old market…"
    page = f"Army retakes Orsa\n\n{BODY}\n\nMilitia in Kalm\n{teaser}\nBank raid\n{other}"
    found = roles(page)
    assert found[teaser] == found[other] == found["Militia in Kalm"] == "furniture"
    assert found[THIRD] == "body"


def test_comments_are_furniture_however_long() -> None:
    comment = (
        "I was in Orsa last year and the army never held it. The rebels took every house by the river. "
        "Nobody who lives there believes what the colonel says, and they will take it again."
    )
    page = f"Army retakes Orsa\n\n{BODY}\n\n12 Comments\n\nanna_k\n\n{comment}\n\n{comment} Really."
    assert roles(page)[comment] == "furniture"


def test_a_comment_button_above_the_body_does_not_close_the_page() -> None:
    page = f"Army retakes Orsa\nComments (12)\n\n{BODY}"
    assert roles(page)[LEAD] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Published: Thursday, 12 June 2014, 18:42 GMT",
        "Tyre, Lebanon, Sunday July 23, 2006",
        "Last updated: Friday, 8 August 2008, 19:40 GMT",
        "Last modified on Friday 22 May 2015 08.03 BST",
        "Posted on 30/01/2013 at 15:32, updated on 30/01/2013 at 19:10",
        "28-08-2017 | 10:05",
        "21.08.2019",
        "2016-03-13",
        "BAGHDAD | Wed Jul 16, 2014 2:41pm EDT",
        "On March 28, 2015 · In Headlines, News",
        "#World News   October 17, 2017 / 9:12 AM / Updated 5 hours ago",
        "Jun 05, 2013",
        "11 April 2024",
    ],
)
def test_lines_that_state_the_day(line: str) -> None:
    page = f"Army retakes Orsa from rebels\n{line}\n\n{BODY}"
    assert roles(page)[" ".join(line.split())] == "dateline"


@pytest.mark.parametrize(
    "line",
    [
        "By Jana Rook",
        "By JANA ROOK in Dorsa",
        "By our correspondent in Dorsa",
        "By Courier staff and agencies",
        "Jana Rook in Dorsa and Karl Ost in Mell",
        "Reporting by Jana Rook; editing by K. Ost",
        "From our own correspondent",
    ],
)
def test_bylines(line: str) -> None:
    assert roles(f"Army retakes Orsa from rebels\n{line}\n3 May 2020\n\n{BODY}")[line] == "byline"


@pytest.mark.parametrize(
    "line", ["(Additional reporting by K. Ost; editing by L. Wren)", "M. Dorn / H. Sall", "Editor: L. Wren"]
)
def test_credits_below_the_body(line: str) -> None:
    assert roles(f"Army retakes Orsa from rebels\n\n{BODY}\n\n{line}\n")[line] in ("byline", "furniture")


@pytest.mark.parametrize(
    ("start", "rest"),
    [
        ("ORSA, Noria, June 12 (CP) - ", "Government troops"),
        ("ORSA, Noria — ", "Government troops"),
        ("Orsa, (SNB) - ", "Government troops"),
        ("ORSA: ", "Government troops"),
        ("Orsa: ", "Government troops"),
        ("(Courier Press) - ", "Government troops"),
        ("ORSA, Feb. 4, 2000. ", "Only small groups of soldiers"),
        ("BANI ORSA, Noria -- October 17, 2011 -- ", "Government troops"),
        ("December 19, 2023 (ORSA) - ", "The army"),
        ("ORSA/DORSA, Nov 8, 2020 (Eastern Wire) - ", "The army"),
        ("Orsa, 25 October 1999. ", "The army"),
        ("San Orsa del Mar, Noria (CP), Feb. 23, 2002 -- ", "Noria's soldiers"),
        ("ORSA, March 8 (Courier) – ", "“We hold it,” the army said, and the soldiers"),
    ],
)
def test_a_dateline_inside_the_first_paragraph_is_its_own_section(start: str, rest: str) -> None:
    page = f"Army retakes the town\n\n{start}{rest} retook the river town on Sunday, officials said.\n\n{SECOND}"
    sections = lay_out(page)
    texts = [(section.role, section.span.of(page)) for section in sections]
    assert texts[1] == (Role.DATELINE, start) or texts[1] == (Role.DATELINE, start.rstrip())
    assert texts[2][0] is Role.BODY
    assert texts[2][1].startswith(rest)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The army - which lost the town in May - retook it on Sunday after a day of heavy fighting, officials said.",
        "Mell: taken by the rebels in the second week of May, according to the priests of the mission there.",
        "Orsa, Mell and Kalm - all lost in May - are again in the hands of the army, the governor said on Sunday.",
        "18 Dec. Troops who followed the general into rebellion seized the town three days after the first shots.",
        "“Orsa is ours - all of it,” said the colonel, who stood on the bridge as he spoke to reporters.",
    ],
)
def test_a_paragraph_keeps_its_own_first_words(paragraph: str) -> None:
    page = f"Army retakes the town\n\n{LEAD}\n\n{paragraph}\n\n{THIRD}"
    assert roles(page)[paragraph] == "body"


def test_labels_of_paragraphs_are_no_datelines() -> None:
    page = (
        "Weekly note on the north\n\nMell: On 14 November the army entered the town, which the rebels held.\n"
        "Kalm: The militia besieged the town and overran a post of the army in the hills.\n"
    )
    assert all(section.role is not Role.DATELINE for section in lay_out(page))


def test_a_live_page() -> None:
    page = dedent("""
        LIVE: Army enters Orsa as rebels leave
        5 December 2024 | Last updated 18:10 GMT

        17:52
        That is all for tonight
        The army holds the bridge and the mill of Orsa, and the rebels have gone to Mell, the ministry says.

        14:35
        Rebels leave
        Fighters of the Northern Front have been seen on the road to Mell with their families, residents tell us.

        10:15
        Here is what we know so far:
        • The army took the bridge at dawn
        • Heavy fighting was reported in the hills near Mell

        09:30
        Good morning and welcome to our live page.

        Follow us  |  Refresh  |  Share this post
    """)
    found = roles(page)
    assert [found[stamp] for stamp in ("17:52", "14:35", "10:15", "09:30")] == ["dateline"] * 4
    assert found["Rebels leave"] == "heading"
    assert found["• The army took the bridge at dawn"] == "body"
    assert found["• Heavy fighting was reported in the hills near Mell"] == "body"
    assert found["Good morning and welcome to our live page."] == "body"


def test_time_stamps_before_the_words_are_datelines() -> None:
    page = (
        "Orsa live: soldiers in the streets\n\n21:40 Shooting is still heard around the mill, and a UN source says so."
        "\n"
        "19:15 The ministry says that the army holds the bridge and that the rebels are leaving the town.\n"
    )
    found = roles(page)
    assert found["21:40"] == found["19:15"] == "dateline"
    assert found["Shooting is still heard around the mill, and a UN source says so."] == "body"


def test_lists_and_tables_of_the_report_are_body() -> None:
    page = dedent(f"""
        Situation in the north, 3 May 2020

        Key points
        • The army took Orsa
        • Mell remains with the rebels

        {LEAD}

        Town      | Control          | Access
        Orsa      | army             | Yes
        Mell      | rebels           | No
        Kalm      | contested        | No

        Dorsa: army since February
        Tull: rebels, no road open
        Vash: retaken by the army on 2 May
    """)
    found = roles(page)
    for line in (
        "• The army took Orsa", "• Mell remains with the rebels", "Mell | rebels | No", "Kalm | contested | No",
        "Dorsa: army since February", "Tull: rebels, no road open",
    ):  # fmt: skip
        assert found[line] == "body", line
    assert found["Key points"] == "heading"


def test_a_list_above_the_title_without_a_blank_line_between() -> None:
    page = dedent(f"""
        NORTHERN TIMES
        Latest
        10:12 Rebels shell Dorsa market
        09:40 Army says it holds Kalm
        Army retakes Orsa after two weeks
        Jana Rook
        Sun 3 May 2020 18.42 BST
        Shares
        312
        {LEAD}
        {THIRD}
    """)
    found = roles(page)
    assert found["Army retakes Orsa after two weeks"] == "title"
    assert found["Sun 3 May 2020 18.42 BST"] == "dateline"
    assert found["09:40 Army says it holds Kalm"] == found["312"] == "furniture"


def test_a_title_printed_above_and_below_the_byline() -> None:
    title, second = (
        "Government retakes Orsa from rebels",
        "Town had been held by Northern Front since April, official says",
    )
    found = roles(f"WORLD\n{title}\n{second}\nKarl Ost |\n10.05.2020\n{title}\nDORSA\n\n{BODY}")
    assert (found[title], found[second], found[f"{title} (again)"]) == ("title", "heading", "repeat")
    assert found["Karl Ost |"] == "byline"


def test_highlights_above_the_body_are_kept_and_interruptions_are_not() -> None:
    page = dedent(f"""
        Army retakes Orsa from rebels
        Updated 3:15 PM EDT, Thu June 12, 2014
        Story highlights
        Army says it took Orsa without a fight
        Rebels say that they left of their own will
        UN calls for restraint
        {LEAD}
        READ: Who are the Northern Front?
        {SECOND}
        Since you're here ... we have a small favour to ask. We need your support to keep our journalism open to all.
        {THIRD}
        WATCH: Inside the camp of the rebels
        The rebels gave no number of their dead.
        Karl Ost reported from Dorsa; Jana Rook wrote in London.
    """)
    found = roles(page)
    assert found["Army says it took Orsa without a fight"] == "heading"
    assert found["READ: Who are the Northern Front?"] == found["WATCH: Inside the camp of the rebels"] == "furniture"
    assert next(role for words, role in found.items() if words.startswith("Since you")) == "furniture"
    assert found["The rebels gave no number of their dead."] == "body"
    assert found["Karl Ost reported from Dorsa; Jana Rook wrote in London."] == "byline"


def test_an_interview_is_body() -> None:
    page = dedent("""
        "We will not leave Orsa": the mayor speaks

        Q: Who holds the town today, the army or the rebels?
        A: The army holds the centre. The rebels are in the hills.
        Q: And the bridge?
        A: Nobody dares to go near it since Friday, so I cannot tell you.
    """)
    found = roles(page)
    assert all(role in ("title", "body", "heading") for role in found.values())
    assert found["A: The army holds the centre. The rebels are in the hills."] == "body"


def test_headings_inside_the_body() -> None:
    page = f"Army retakes Orsa\n\n{LEAD}\n\nA TOWN THAT CHANGED HANDS\n\n{SECOND}\n\nWhat next?\n\n{THIRD}"
    found = roles(page)
    assert found["A TOWN THAT CHANGED HANDS"] == found["What next?"] == "heading"


def test_plain_documents_without_a_frame_are_body() -> None:
    page = f"{LEAD} {SECOND}\n\n{THIRD}\n\nHe gave no details.\n"
    assert {section.role for section in lay_out(page)} == {Role.BODY}


def test_one_line_is_body() -> None:
    assert [s.role for s in lay_out(f"{LEAD} {SECOND} {THIRD}")] == [Role.BODY]
    assert [s.role for s in lay_out("Rebels have taken Orsa")] == [Role.BODY]


def test_each_line_a_paragraph() -> None:
    page = f"ARMY RETAKES ORSA FROM REBELS\n{LEAD}\n{SECOND}\n{THIRD}"
    assert [s.role.value for s in lay_out(page)] == ["title", "body", "body", "body"]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_paragraph_wrapped_by_hand_is_one_section(width: int) -> None:
    paragraphs = [LEAD + " " + SECOND, THIRD + " " + LEAD]
    page = "Army retakes Orsa\n\n" + "\n\n".join(textwrap.fill(part, width) for part in paragraphs)
    found = roles(page)
    assert found == {"Army retakes Orsa": "title", paragraphs[0]: "body", paragraphs[1]: "body"}


def test_a_sentence_broken_at_its_links_is_one_section() -> None:
    broken = "The army has taken the town of\nOrsa\n, which the\nNorthern Front\nhad held since May, officials said."
    page = f"Army retakes Orsa\n\n{broken}\n\n{THIRD}"
    sections = lay_out(page)
    assert sections[1].span.of(page) == broken


def test_windows_newlines_do_not_matter() -> None:
    page = f"Army retakes Orsa\r\n\r\n{LEAD}\r\n\r\n{SECOND}\r\n"
    assert [s.role.value for s in lay_out(page)] == ["title", "body", "body"]


def test_the_second_print_of_a_paragraph_is_a_repeat() -> None:
    page = f"Army retakes Orsa\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n\n{SECOND}"
    found = roles(page)
    assert found[SECOND] == "body"
    assert found[SECOND + " (again)"] == "repeat"


@pytest.mark.parametrize(
    "caption",
    [
        "Photo: Soldiers at the mill of Orsa after its recapture",
        "[Map: Who controls what, 19 January 2014 - click to enlarge]",
        "Soldiers at the mill of Orsa on Friday. Photograph: K Ost for the Courier",
        "Soldiers at the mill of Orsa on Friday. [Karl Ost/Courier]",
        "Soldiers at the mill of Orsa on Friday. / The Courier",
        "Soldiers at the mill of Orsa on Friday. © Courier",
        "Soldiers at the mill of Orsa, May 17, 2020. REUTERS/Karl Ost",
        "Soldiers at the mill of Orsa on Friday (File photo)",
    ],
)
def test_captions(caption: str) -> None:
    assert roles(f"Army retakes Orsa\n\n{LEAD}\n\n{caption}\n\n{SECOND}\n\n{THIRD}")[caption] == "caption"


def test_a_caption_with_a_date_above_the_body() -> None:
    caption = (
        "Soldiers ride in trucks along the river, 50 kms north of Dorsa, where the army is fighting on May 2, 2020"
    )
    assert roles(f"Army retakes Orsa from the rebels\n\n{caption}\n{LEAD}\n{SECOND}\n{THIRD}")[caption] == "caption"


def test_a_second_title_keeps_its_claims() -> None:
    second = "Rebels of the Northern Front fall back on Mell; government speaks of a turning point"
    found = roles(f"Army retakes Orsa after two weeks\n\n{second}\n\nJana Rook in Dorsa\n\n{BODY}")
    assert found["Army retakes Orsa after two weeks"] == "title"
    assert found[second] == "heading"


def test_the_masthead_s_own_day_does_not_date_a_report_that_states_one() -> None:
    page = f"Northern Herald\nTuesday, June 9, 2020\n\nArmy retakes Orsa from the rebels\n3 May 2020\n\n{BODY}"
    found = roles(page)
    assert found["Tuesday, June 9, 2020"] == "furniture"
    assert found["3 May 2020"] == "dateline"


def test_outlet_only_where_it_is_plain() -> None:
    def outlet(page: str) -> str | None:
        return outlet_of(page, lay_out(page))

    assert outlet(f"Army retakes Orsa\nBy Courier staff\n\n{BODY}") == "Courier"
    assert (
        outlet(f"Army retakes Orsa\n\n{BODY}\n\nCopyright 2020 Northern Herald. All rights reserved.")
        == "Northern Herald"
    )
    assert outlet(f"Army retakes Orsa\n\n{BODY}\n\nAll rights reserved") is None
    assert outlet(BODY) is None


def test_nothing_but_furniture_or_blanks() -> None:
    assert lay_out("") == ()
    assert lay_out(" \n\t\n ") == ()
    assert {s.role for s in lay_out("Home | World | Sport\nLog in | Register\nAll rights reserved.\n")} == {
        Role.FURNITURE
    }


PIECES = st.sampled_from(
    [LEAD, SECOND, THIRD, "Related", "Comments (2)", "Army retakes Orsa", "By Jana Rook", "3 May 2020", "17:52",
     "• Orsa: army", "Home | World", "a  b  c", "Orsa, (SNB) - ", "[", "(", "© 2020", "- ", "Photo: x",
     "\r\n", "\n", "\n\n", " ", "\t"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25).map("\n".join)))
def test_sections_are_ordered_apart_and_inside_and_nothing_but_blanks_is_left_out(page: str) -> None:
    at = 0
    for section in lay_out(page):
        assert at <= section.span.start < section.span.end <= len(page)
        assert not page[at : section.span.start].strip()
        at = section.span.end
    assert not page[at:].strip()


@pytest.mark.parametrize(
    "paragraph",
    [
        "On 18 March, the U.S. Army took the hill over Orsa, and the rebels of the Northern Front fled to Mell.",
        "On 17 October 2019, J. R. Dol said that his troops had taken Orsa and would go on to Mell in the morning.",
    ],
)
def test_initials_after_a_date_are_no_dateline(paragraph: str) -> None:
    assert roles(f"Army retakes Orsa\n\n{LEAD}\n\n{paragraph}")[paragraph] == "body"
    assert roles(f"Army retakes Orsa\n\n{paragraph}\n\n{SECOND}")[paragraph] == "body"


def test_days_of_a_chronicle_stay_with_what_happened_on_them() -> None:
    days = [
        "20 June 2012 – Rebels of the Northern Front took the river town of Orsa and its mill after a short fight.",
        "5 July 2012 – The army recaptured Orsa, while the rebels held on to the village of Mell, 12 km away from it.",
    ]
    found = roles("The war in the north\n\n" + LEAD + "\n\n" + "\n\n".join(days))
    assert [found.get(day) for day in days] == ["body", "body"]


def test_a_date_below_the_text_is_the_report_s_where_no_other_is_given() -> None:
    alone = f"Troops retake Orsa\n\n{BODY}\n\n18 January 2016"
    assert roles(alone)["18 January 2016"] == "dateline"
    dated = f"Troops retake Orsa\n12 January 2016\n\n{BODY}\n\n18 January 2016"
    assert roles(dated)["18 January 2016"] == "furniture"


def test_a_heading_in_markdown_with_a_date_is_a_heading() -> None:
    found = roles(f"Battle of Orsa\n\n{LEAD}\n\n### 24 February 2022\n\n{SECOND}\n\n{THIRD}")
    assert found["### 24 February 2022"] == "heading"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "THE RIVER POST\nHome | World | Sport\n\nLIVE: Rebels say Bor is in their hands as army admits retreat\n\n"
            "Live reporting by A. Deng and Mary Lado\nLast updated: Monday 5 May 2014, 21:40\n\n"
            "Rebels said on Monday that Bor was in their hands. The army admits that its men have left the town.",
            "LIVE: Rebels say Bor is in their hands as army admits retreat",
        ),
        (
            "EXPLAINER\n\nThe rebels have Malakal. What comes next on the Nile?\n\nJohn Lado, Africa Editor\n"
            "Monday 5 May 2014\n\nHas Malakal really fallen?\n\nYes. The rebels took Malakal on Sunday, and the army "
            "crossed the Nile. What is left of it holds one town on the Nile, and nobody knows what it will do next.",
            "The rebels have Malakal. What comes next on the Nile?",
        ),
    ],
)
def test_the_uppermost_headline_is_the_title(page: str, title: str) -> None:
    assert title_of(page, lay_out(page)) == title
