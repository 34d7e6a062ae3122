"""From the form on a federation's page to the marketplace: whole, and still signed in."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from marketplace.demo.seed import PASSWORD

from .events import told, wait_for

LONG = "Wij zoeken hulp voor de nachtploeg: é € <b>vet</b> & 'zo' \"niet\"\n" * 55


def fill(page: Page, remark: str = LONG, town: str = "Aalst") -> None:
    frame = page.frame_locator("tdm-intake iframe")
    frame.get_by_label(re.compile("Gemeente")).fill(town)
    frame.get_by_label("Uw vraag in eigen woorden").fill(remark)


def send(page: Page) -> None:
    page.frame_locator("tdm-intake iframe").get_by_role("button", name="Ga verder").click()
    page.wait_for_url("**/needs/drafts/*")


def test_b8_b10_what_was_typed_arrives_whole_and_stays(guest, hosts, embedded, profile):
    hosts.put(embedded.script + embedded.intake(), "/vraag")
    guest.goto(f"{embedded.zorg}/vraag")
    wait_for(guest, "ready")
    fill(guest)
    assert profile.cookies() == []
    send(guest)
    page = guest.url
    assert re.fullmatch(rf"{re.escape(embedded.market)}/needs/drafts/[\w-]+", page)
    shown = guest.locator(".as-typed").last
    assert shown.text_content() == LONG.strip()
    guest.reload()
    assert shown.text_content() == LONG.strip()
    guest.go_back()
    guest.go_forward()
    guest.wait_for_url(page)
    assert shown.text_content() == LONG.strip()
    expect(guest.locator("h1")).to_contain_text("Zorgfederatie Voorbeeld")


def test_b9_an_employer_who_is_signed_in_stays_so(guest, hosts, embedded):
    guest.goto(f"{embedded.market}/aanmelden")
    guest.get_by_label("E-mailadres").fill("werkgever@voorbeeld.example")
    guest.get_by_label("Wachtwoord").fill(PASSWORD)
    guest.get_by_role("main").get_by_role("button", name=re.compile("Meld|Aanmelden")).click()
    guest.wait_for_url("**/aanvragen")
    hosts.put(embedded.script + embedded.intake(), "/vraag")
    guest.goto(f"{embedded.zorg}/vraag")
    wait_for(guest, "ready")
    fill(guest, "Kort")
    send(guest)
    expect(guest.locator("main")).to_contain_text("Woonzorgcentrum Voorbeeld vzw")
    guest.get_by_role("button", name="Ja, ga verder").click()
    guest.wait_for_url("**/aanvraag/*")
    expect(guest.get_by_role("button", name="Afmelden")).to_be_visible()


def test_b11_the_frame_grows_and_shrinks_and_comes_to_rest(guest, hosts, embedded):
    hosts.put(embedded.script + embedded.intake(), "/hoog")
    guest.goto(f"{embedded.zorg}/hoog")
    wait_for(guest, "resize")
    area = guest.frame_locator("iframe").locator("textarea")
    heights = []
    for size in ("600px", "120px"):
        area.evaluate("(box, size) => { box.style.height = size }", size)
        guest.wait_for_timeout(500)
        heights.append(guest.locator("iframe").bounding_box()["height"])
    assert heights[0] > heights[1] + 400
    before = len(told(guest, "resize"))
    guest.wait_for_timeout(5_000)
    assert len(told(guest, "resize")) == before
