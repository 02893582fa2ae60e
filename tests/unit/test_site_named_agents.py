"""What surrounds a name says nothing of who asks: the phone, its build, its carrier, the app around a page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sitestats.classify.agents import LONGEST, classify_agent
from toolkit.sitestats.classify.sources import Marks, Source, marks, of_agent, of_referrer, source_of

ENGINE = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOW = f"Mozilla/5.0 (Linux; Android 15; CPH2609 Build/AP3A.240617.008; wv) {ENGINE} Version/4.0 Chrome/150.0.0.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
MODEL = st.sampled_from(
    [
        "CUBOT_X30",
        "Robot X1",
        "BV5300 Scanner",
        "Spider 5",
        "GT-Monitor",
        "Viber Phone",
        "Preview",
        "SM-A156E",
        "Vsmart",
    ]
)
BUILD = st.sampled_from(["", " Build/AP3A.240617.008", " Build/BOT1.240101.001", " Build/SPIDER; wv"])


@given(MODEL, BUILD, st.integers(8, 16))
def test_a_phone_may_have_any_name(model: str, build: str, android: int) -> None:
    text = f"Mozilla/5.0 (Linux; Android {android}; {model}{build}) {ENGINE} Chrome/150.0.0.0 Mobile Safari/537.36"
    assert (classify_agent(text).who, classify_agent(text).device) == ("human", "phone")


@given(MODEL, st.sampled_from(["Robi Monitor", "Bot Mobile", "Viettel"]))
def test_what_an_app_tells_of_a_phone_is_no_program(model: str, carrier: str) -> None:
    facebook = f"{IPHONE} [FBAN/FBIOS;FBAV/540.0;FBDV/iPhone17,1;FBCR/{carrier};FBID/phone;FBLC/vi_VN]"
    instagram = f"{WINDOW} Mobile Safari/537.36 Instagram 395.0 Android (35/15; 450dpi; 1080x2340; {model}; x; vi_VN)"
    assert [classify_agent(text).who for text in (facebook, instagram)] == ["human", "human"]


@pytest.mark.parametrize(
    "text",
    [
        "Mozilla/5.0 (Linux; Android 5.0; compatible; Spider-X; +http://x.example) AppleWebKit/537.36",
        f"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) {ENGINE} Chrome/150.0 Mobile Safari/537.36 (compatible; Y-Bot)",
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {ENGINE[:-1]}; compatible; Looks/1.4; z.example) Chrome/150.0.0.0",
    ],
)
def test_a_program_that_says_so_behind_its_phone_is_one(text: str) -> None:
    assert classify_agent(text).who == "bot"


@pytest.mark.parametrize(
    ("text", "browser", "source"),
    [
        (f"{WINDOW} Mobile Safari/537.36 Zalo android/12100634 ZaloTheme/light ZaloLanguage/vi", "Zalo", "Zalo"),
        (f"{IPHONE} Zalo iOS/641 ZaloTheme/light ZaloLanguage/vn", "Zalo", "Zalo"),
        (f"{WINDOW} Mobile Safari/537.36 trill_2022803040 JsSdk/1.0 AppName/trill", "TikTok", "TikTok"),
        (f"{WINDOW} Mobile Safari/537.36 MetaIAB Facebook", "Facebook", "Facebook"),
        (f"{IPHONE} Barcelona 360.0.0.20.109 (iPhone14,5; iOS 18_0; vi_VN)", "Threads", "Threads"),
        (f"{IPHONE} [LinkedInApp]/9.30.1234", "LinkedIn", "LinkedIn"),
        (f"{WINDOW} Mobile Safari/537.36 Viber/22.0.0", "Viber", "Viber"),
    ],
)
def test_a_window_of_an_app_is_called_by_the_app(text: str, browser: str, source: str) -> None:
    found = classify_agent(text)
    assert (found.who, found.device, found.browser) == ("human", "phone", browser)
    assert of_agent(text) == Source(source, "social")


@given(st.text(alphabet="abcXYZ .-/0123456789()", min_size=1, max_size=60))
def test_nobody_is_taken_for_a_person_who_does_not_say_to_be_a_browser(text: str) -> None:
    assert classify_agent(f"Fetch-{text}").who != "human"


@pytest.mark.parametrize(
    "text",
    [
        "Mozilla/5.0 (" * 80, "(" * LONGEST, "(111111111" * 100, f"({'1' * 990}dpi", "[FB" * 330, "compatible;" * 90,
        "sogou " + "a " * 490, f"Mozilla/5.0 (Linux; Android {'x' * 970}", "Mobile/" * 140, "Safari/" + "1." * 480,
    ],
)  # fmt: skip
def test_hostile_names_take_no_time(text: str) -> None:
    begun = time.process_time()
    classify_agent(text)
    of_agent(text)
    marks(f"utm_source={text}")
    of_referrer(f"https://{text}")
    assert time.process_time() - begun < 1


def test_a_paid_click_is_an_advertisement_though_an_unpaid_result_has_the_same_referrer() -> None:
    searching = of_referrer("https://www.google.com/")
    assert source_of(searching, Marks(), None) == Source("Google", "search", "www.google.com")
    assert source_of(searching, marks("gclid=abc"), None) == Source("Google", "campaign", "www.google.com")
    assert marks("gclid=abc&utm_source=tet&utm_campaign=x").source == "tet"
    assert marks("fbclid=abc").source == ""  # Facebook puts it on every link, paid or not


def test_marks_that_zalo_puts_on_every_link_are_nobodys_campaign() -> None:
    of_every_link = marks("utm_source=zalo&utm_medium=zalo&utm_campaign=zalo&zarsrc=30")
    assert (of_every_link.campaign, of_every_link.click) == ("", "Zalo")
    assert source_of(of_referrer(""), of_every_link, None) == Source("Zalo", "social")
    own = marks("utm_source=zalo&utm_medium=oa&utm_campaign=tet2027&zarsrc=30")
    assert (own.source, own.campaign) == ("Zalo", "tet2027")


@pytest.mark.parametrize(
    ("word", "name"),
    [("chatgpt.com", "ChatGPT"), ("www.perplexity.ai", "Perplexity"), ("fb", "Facebook"), ("tin-nhan.cua.toi", None)],
)
def test_a_source_that_gives_its_host_goes_by_its_name(word: str, name: str | None) -> None:
    assert marks(f"utm_source={word}").source == (name or word)
