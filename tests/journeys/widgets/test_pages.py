"""What visitors of a federation's site meet: cards, the form, the way over, and every fallback."""

from __future__ import annotations

import base64
import hashlib

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from plugins.widgets import script_file

from .events import told, wait_for

STORED = """() => {
  const count = (name) => { try { return window[name].length } catch { return 0 } };
  return [count("localStorage"), count("sessionStorage"), document.cookie];
}"""


def test_control_the_profile_allows_or_blocks_third_party_cookies(
    guest, hosts, embedded, profile, request
):
    hosts.put(f'<iframe src="{embedded.kwaad}/koekje" id="f"></iframe>', "/modus")
    hosts.put("koek", "/koekje", Set_Cookie="mode=1; SameSite=None; Secure; Path=/")
    guest.goto(f"{embedded.zorg}/modus")
    guest.frame_locator("#f").get_by_text("koek").wait_for()
    blocked = "blocked" in request.node.callspec.params["profile"]
    assert [one["name"] for one in profile.cookies()] == ([] if blocked else ["mode"])


def test_b1_b19_b20_cards_and_form_show_without_cookie_or_storage(guest, hosts, embedded, profile):
    asked = []
    guest.on("request", lambda one: asked.append((one.method, one.url)))
    hosts.put(embedded.script + embedded.offers() + embedded.intake(), "/")
    guest.goto(embedded.zorg)
    wait_for(guest, "ready", 2)
    expect(guest.locator("tdm-offers li")).not_to_have_count(0)
    expect(guest.locator("tdm-offers .back")).not_to_be_visible()
    assert {"offers": guest.locator("tdm-offers li").count()} in told(guest, "ready")
    ours = [(method, url) for method, url in asked if url.startswith(embedded.market)]
    assert len([url for _method, url in ours if "offers.json" in url or "widgets.js" in url]) == 2
    assert len(ours) == 5
    assert {method for method, _url in ours} == {"GET"}
    assert profile.cookies() == []
    for where in (guest, guest.frames[-1]):
        assert where.evaluate(STORED) == [0, 0, ""]


def test_b2_without_javascript_both_links_stay(browser: Browser, hosts, embedded):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    hosts.put(embedded.script + embedded.offers() + embedded.intake(), "/zonder")
    page.goto(f"{embedded.zorg}/zonder")
    expect(page.locator(".back")).to_have_count(2)
    for link in page.locator(".back").all():
        expect(link).to_be_visible()
    context.close()


def test_b3_a_strict_content_policy_is_enough(guest, hosts, embedded):
    market = embedded.market
    allowed = "; ".join(f"{kind}-src {market}" for kind in ("script", "connect", "frame"))
    policy = f"default-src 'none'; {allowed}; style-src 'self'"
    hosts.put(
        embedded.script + embedded.offers() + embedded.intake(),
        "/streng",
        Content_Security_Policy=policy,
    )
    guest.goto(f"{embedded.zorg}/streng")
    wait_for(guest, "ready", 2)
    assert guest.evaluate("window.violations") is None


def test_b4_nonce_and_trusted_types(guest, hosts, embedded):
    policy = (
        "script-src 'nonce-abc' 'strict-dynamic'; object-src 'none';"
        " require-trusted-types-for 'script'"
    )
    script = embedded.script.replace("<script", '<script nonce="abc"')
    hosts.put(
        script + embedded.offers() + embedded.intake(), "/nonce", Content_Security_Policy=policy
    )
    guest.goto(f"{embedded.zorg}/nonce")
    wait_for(guest, "ready", 2)
    assert guest.evaluate("window.violations") is None


@pytest.mark.parametrize("good", [True, False])
def test_b5_a_pinned_script_is_checked(guest, hosts, embedded, good):
    digest = script_file.NEWEST.integrity
    if not good:
        digest = "sha384-" + base64.b64encode(hashlib.sha384(b"anders").digest()).decode()
    script = f'<script src="{embedded.pinned}" integrity="{digest}" crossorigin async></script>'
    hosts.put(script + embedded.offers(), "/vast")
    guest.goto(f"{embedded.zorg}/vast")
    if good:
        wait_for(guest, "ready")
    expect(guest.locator("tdm-offers .back")).to_be_visible(visible=not good)


def test_b6_styles_of_the_page_do_not_reach_in(guest, hosts, embedded):
    loud = "*{color:red!important;font-size:9px!important}a,li{display:none!important}"
    bad = f"<style>html{{font-size:62.5%}}{loud}</style>"
    hosts.put(embedded.script + embedded.offers(), "/stijl", bad)
    guest.goto(f"{embedded.zorg}/stijl")
    wait_for(guest, "ready")
    card = guest.locator("tdm-offers li").first
    expect(card).to_be_visible()
    expect(card.locator("p").first).to_have_css("font-size", "16px")
    expect(card.locator("p").first).to_have_css("color", "rgb(23, 33, 43)")


def test_a_theme_of_the_page_crosses_over(guest, hosts, embedded):
    hosts.put(
        embedded.script + embedded.offers(),
        "/kleur",
        "<style>tdm-offers{--tdm-accent:#a8421a}</style>",
    )
    guest.goto(f"{embedded.zorg}/kleur")
    wait_for(guest, "ready")
    expect(guest.locator("tdm-offers li a").first).to_have_css("color", "rgb(168, 66, 26)")


def test_b7_twice_the_script_and_two_keys(guest, hosts, embedded):
    warned = []
    guest.on("console", lambda one: warned.append(one.text))
    body = embedded.script * 2 + embedded.offers() + embedded.offers(embedded.other)
    hosts.put(
        body + f'<div data-tdm="offers" data-key="{embedded.live}" data-loading="eager"></div>',
        "/twee",
    )
    guest.goto(f"{embedded.zorg}/twee")
    wait_for(guest, "ready", 3)
    assert len([text for text in warned if "twice" in text]) == 1


def test_b12_h1_a_page_that_is_not_listed_keeps_its_links(guest, hosts, embedded):
    hosts.put(
        embedded.script
        + embedded.offers()
        + embedded.intake(more='loading="eager" timeout="1500"'),
        "/kwaad",
    )
    guest.goto(f"{embedded.kwaad}/kwaad")
    wait_for(guest, "error", 2)
    assert told(guest, "ready") == []
    assert {str(one["code"]) for one in told(guest, "error")} == {"blocked", "timeout"}
    expect(guest.locator("iframe")).to_have_count(0)
    for link in guest.locator(".back").all():
        expect(link).to_be_visible()


def test_an_outage_and_a_blocked_script_leave_a_link(guest, hosts, embedded):
    hosts.put(embedded.script + embedded.offers(), "/stil")
    guest.route("**/offers.json*", lambda route: route.abort())
    guest.goto(f"{embedded.zorg}/stil")
    wait_for(guest, "error")
    expect(guest.locator(".back")).to_be_visible()
    hosts.put(
        embedded.script + embedded.offers(), "/dicht", Content_Security_Policy="script-src 'none'"
    )
    guest.goto(f"{embedded.zorg}/dicht")
    expect(guest.locator(".back")).to_be_visible()


def test_b13_a_page_that_isolates_itself(guest, hosts, embedded):
    script = embedded.script.replace("<script", "<script crossorigin")
    hosts.put(
        script + embedded.offers() + embedded.intake(),
        "/alleen",
        Cross_Origin_Embedder_Policy="require-corp",
        Cross_Origin_Opener_Policy="same-origin",
    )
    guest.goto(f"{embedded.zorg}/alleen")
    wait_for(guest, "ready", 2)
    assert guest.evaluate("window.crossOriginIsolated")


def test_b14_h12_a_plain_frame_works_and_a_removed_one_makes_no_noise(guest, hosts, embedded):
    address = f"{embedded.market}/widgets/v1/{embedded.live}/intake"
    frame = f'<iframe title="x" width="600" height="900" src="{address}"></iframe>'
    hosts.put(frame, "/kaal")
    guest.goto(f"{embedded.zorg}/kaal")
    inside = guest.frame_locator("iframe")
    inside.get_by_label("Uw vraag in eigen woorden").fill("Kaal")
    inside.get_by_role("button", name="Ga verder").click()
    guest.wait_for_url("**/needs/drafts/*")
    expect(guest.locator(".as-typed").last).to_have_text("Kaal")
    faults = []
    guest.on("pageerror", lambda one: faults.append(str(one)))
    hosts.put(embedded.script + embedded.intake(), "/weg")
    guest.goto(f"{embedded.zorg}/weg")
    wait_for(guest, "ready")
    guest.evaluate(
        "document.querySelector('tdm-intake').shadowRoot.querySelector('iframe').remove()"
    )
    guest.evaluate("document.querySelector('tdm-intake').remove()")
    guest.wait_for_timeout(500)
    assert (faults, told(guest, "error")) == ([], [])


def test_b15_by_keyboard_in_and_out(guest, hosts, embedded):
    hosts.put(
        '<a href="#" id="before">Voor</a>'
        + embedded.script
        + embedded.intake()
        + '<a href="#" id="after">Na</a>',
        "/toets",
    )
    guest.goto(f"{embedded.zorg}/toets")
    wait_for(guest, "resize")
    assert guest.evaluate("[document.activeElement.tagName, scrollY]") == ["BODY", 0]
    guest.focus("#before")
    inside, passed = guest.frames[-1], []
    for _stop in range(30):
        guest.keyboard.press("Tab")
        if guest.evaluate("document.activeElement.id") == "after":
            break
        passed.append(
            inside.evaluate(
                """(() => {
                  const one = document.activeElement;
                  return [one.name || one.type, getComputedStyle(one).outlineStyle];
                })()"""
            )
        )
    names = [name for name, _outline in passed]
    assert {"municipality", "headcount", "remark", "submit"} <= set(names)
    assert "website" not in names
    assert {outline for name, outline in passed if name != "BODY"} == {"solid"}


def test_b16_no_accessibility_fault_of_ours(guest, hosts, embedded):
    hosts.put(embedded.script + embedded.offers() + embedded.intake(), "/axe")
    guest.goto(f"{embedded.zorg}/axe")
    wait_for(guest, "ready", 2)
    found = Axe().run(guest)
    assert [one["id"] for one in found.response["violations"]] == []


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "Ga verder"), ("fr", "Continuer"), ("en", "Go on")]
)
def test_b17_three_languages(guest, hosts, embedded, lang, words):
    more = f'loading="eager" lang="{lang}"'
    hosts.put(embedded.script + embedded.offers(more=more) + embedded.intake(more=more), "/taal")
    guest.goto(f"{embedded.zorg}/taal")
    wait_for(guest, "ready", 2)
    expect(guest.frame_locator("iframe").get_by_role("button", name=words)).to_be_visible()
    expect(guest.locator("tdm-offers .w")).to_have_attribute("lang", lang)


def test_b18_small_screens_and_large_letters(guest, hosts, embedded):
    guest.set_viewport_size({"width": 320, "height": 640})
    hosts.put(
        embedded.script + embedded.offers() + embedded.intake(),
        "/smal",
        '<meta name="viewport" content="width=device-width">',
    )
    guest.goto(f"{embedded.zorg}/smal")
    wait_for(guest, "resize")
    for where in (guest, guest.frames[-1]):
        assert where.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
