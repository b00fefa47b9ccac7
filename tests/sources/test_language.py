from __future__ import annotations

import pytest

from whoholds.sources.language import language


@pytest.mark.parametrize(
    "text",
    [
        "Rebels seize Tal Abyad",
        "Hayat Tahrir al-Sham captures Darat Izza, Khan al-Asal and Urum al-Kubra",
        "Al-Shabaab overruns Adan Yabaal, Harardhere, Gal'ad and El Dhere; Macawisley flee",
        "Mocímboa da Praia, Nangade, Macomia: situação calma",
        "FARDC retake Kiwanja, Rutshuru, Kibumba",
        "Kyiv: Lyman, Izium, Balakliia, Kupiansk liberated",
        "",
        "12:40",
        "Sinjar Hajin Baghuz Rawa Anah Rutba Hit Kubaysa Haditha Ramadi Fallujah Qaim Albu Kamal Mayadin Tikrit Baiji",
    ],
)
def test_short_english_full_of_names_is_not_called_foreign(text: str) -> None:
    assert language(text) in ("en", None)


@pytest.mark.parametrize(
    ("expected", "lines"),
    [
        (
            "ar",
            [
                "سيطرت القوات الحكومية يوم الأحد على بلدة جديدة شمال المدينة",
                "بعد معارك استمرت أسبوعا كاملا مع المسلحين.",
            ],
        ),
        (
            "ru",
            [
                "В воскресенье правительственные войска вернули город под свой контроль",
                "после двух недель боёв с повстанцами.",
            ],
        ),
        (
            "fr",
            [
                "L'armée a repris dimanche la ville située sur le fleuve, deux semaines après sa chute, ont indiqué",
                "les autorités. Les rebelles se sont retirés vers les collines et tiennent encore le village voisin.",
            ],
        ),
        (
            "es",
            [
                "El ejército recuperó el domingo la ciudad a orillas del río, dos semanas después de su caída, dijeron",
                "las autoridades. Los rebeldes se retiraron hacia las colinas y todavía controlan el pueblo vecino.",
            ],
        ),
        (
            "tr",
            [
                "Ordu, nehir kıyısındaki kenti iki hafta sonra pazar günü geri aldı. Yetkililer, isyancıların tepelere",
                "çekildiğini ve komşu köyü hâlâ ellerinde tuttuğunu söyledi. Çatışmalar sona erdi, köprü açıldı.",
            ],
        ),
        (
            "de",
            [
                "Die Armee hat am Sonntag die Stadt am Fluss zurückerobert, zwei Wochen nach ihrem Fall. Die Rebellen",
                "haben sich in die Hügel zurückgezogen und halten noch das Dorf, wie ein Sprecher mitteilte.",
            ],
        ),
        (
            "sw",
            [
                "Jeshi la serikali limeuteka tena mji huo siku ya Jumapili baada ya wiki mbili za mapigano na waasi.",
                "Msemaji wa jeshi amesema kwamba waasi wamekimbilia milimani na bado wanashikilia kijiji cha jirani.",
            ],
        ),
        (
            "zh",
            [
                "政府军星期天从叛军手中夺回了河边的小镇，官员们说，",
                "两周前该镇曾被叛军占领。叛军撤到了山里，仍然控制着邻近的村庄。",
            ],
        ),
    ],
)
def test_other_languages_are_told(expected: str, lines: list[str]) -> None:
    assert language(" ".join(lines)) == expected


def test_english_with_a_quotation_in_another_language_is_english() -> None:
    text = (
        "The army retook the town on Sunday. “Nous avons repris la ville et les rebelles sont partis,” the mayor said "
        "to reporters who had been brought to the bridge by the ministry."
    )
    assert language(text) == "en"
