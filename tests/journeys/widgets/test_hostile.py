"""A page that means harm: what it sees, what it can forge, and what it cannot reach."""

from __future__ import annotations

import http.client
import re

import pytest
from playwright.sync_api import expect

from marketplace.demo.seed import PASSWORD

from .events import told, wait_for


def test_h2_a_copied_key_does_nothing_elsewhere(guest, hosts, embedded):
    hosts.put(embedded.script + embedded.offers(), "/kopie")
    guest.goto(f"{embedded.kwaad}/kopie")
    wait_for(guest, "error")
    assert told(guest, "error") == [{"code": "blocked"}]
    expect(guest.locator("tdm-offers .back")).to_be_visible()


FORGED = """
const other = document.querySelector("#other").contentWindow;
const forge = (height) => ({ tdm: 1, type: "resize", height });
for (const height of [9999, -5, NaN, Infinity, "600", null, { valueOf: () => 700 }]) {
  try { window.postMessage(forge(height), "*") } catch {}
}
for (const type of ["ready", "handoff", "step"])
  window.postMessage({ tdm: 1, type, filled: 3 }, "*");
"""


def test_h3_forged_messages_are_ignored(guest, hosts, embedded):
    hosts.put(
        "<script>setInterval(() => parent.postMessage("
        '{tdm: 1, type: "resize", height: 3333}, "*"), 50)</script>',
        "/vals",
    )
    frame = f'<iframe id="other" src="{embedded.kwaad}/vals"></iframe>'
    hosts.put(frame + embedded.script + embedded.intake(), "/vervalst")
    guest.goto(f"{embedded.zorg}/vervalst")
    wait_for(guest, "resize")
    guest.wait_for_timeout(300)
    before = (
        guest.locator("tdm-intake iframe").bounding_box()["height"],
        len(told(guest, "resize")),
    )
    guest.evaluate(FORGED)
    guest.wait_for_timeout(500)
    after = (
        guest.locator("tdm-intake iframe").bounding_box()["height"],
        len(told(guest, "resize")),
    )
    assert before == after
    assert told(guest, "handoff") == told(guest, "step") == []


@pytest.mark.parametrize(
    ("height", "shown"),
    [(99_999, 4000), (-50, None), (0, None), ("NaN", None), (50, 100), (700, 700)],
)
def test_h3_even_our_own_frame_cannot_ask_for_an_odd_height(guest, hosts, embedded, height, shown):
    hosts.put(embedded.script + embedded.intake(), "/maat")
    guest.goto(f"{embedded.zorg}/maat")
    wait_for(guest, "resize")
    before = guest.locator("tdm-intake iframe").bounding_box()["height"]
    market = next(frame for frame in guest.frames if frame.url.startswith(embedded.market))
    market.evaluate(f"parent.postMessage({{tdm: 1, type: 'resize', height: {height}}}, '*')")
    guest.wait_for_timeout(300)
    assert guest.locator("tdm-intake iframe").bounding_box()["height"] == (shown or before)


def test_h4_the_frame_takes_no_orders(guest, hosts, embedded):
    hosts.put(embedded.script + embedded.intake(), "/bevel")
    guest.goto(f"{embedded.zorg}/bevel")
    wait_for(guest, "resize")
    page = guest.frame_locator("tdm-intake iframe").locator("body")
    before = page.inner_html()
    guest.evaluate(
        """document.querySelector("tdm-intake").shadowRoot.querySelector("iframe").contentWindow
        .postMessage({tdm: 1, type: "fill", remark: "x", height: 1, submit: true}, "*")"""
    )
    guest.wait_for_timeout(300)
    assert page.inner_html() == before


def test_h5_h6_the_page_never_learns_what_is_typed(guest, hosts, embedded):
    hosts.put(embedded.script + embedded.intake(), "/luister")
    guest.goto(f"{embedded.zorg}/luister")
    wait_for(guest, "resize")
    inside = guest.frame_locator("tdm-intake iframe")
    inside.get_by_label("Uw vraag in eigen woorden").fill("Heel geheim")
    inside.get_by_label(re.compile("Gemeente")).fill("Aalst")
    inside.get_by_label(re.compile("Gemeente")).press("Tab")
    wait_for(guest, "step")
    everything = guest.evaluate("JSON.stringify([told, heard])")
    assert "geheim" not in everything
    assert "Aalst" not in everything
    reach = """() => {
      const frame = document.querySelector("tdm-intake").shadowRoot.querySelector("iframe");
      try { return String(frame.contentWindow.document.body) }
      catch { return String(frame.contentDocument) }
    }"""
    assert guest.evaluate(reach) == "null"


def test_h7_a_prefill_is_a_text_and_only_known_fields_take_one(guest, hosts, embedded):
    more = (
        'loading="eager" data-prefill-remark="<img src=x onerror=alert(1)>"'
        ' data-prefill-website="spam" data-prefill-token="x"'
    )
    asked = []
    guest.on("request", lambda one: asked.append(one.url))
    hosts.put(embedded.script + embedded.intake(more=more), "/voor")
    guest.goto(f"{embedded.zorg}/voor")
    wait_for(guest, "ready")
    inside = guest.frame_locator("tdm-intake iframe")
    expect(inside.get_by_label("Uw vraag in eigen woorden")).to_have_value(
        "<img src=x onerror=alert(1)>"
    )
    assert inside.locator("[name=website]").input_value() == ""
    assert len(inside.locator("[name=token]").input_value()) > 20
    assert not [url for url in asked if "onerror" in url.split("#")[0]]


def test_h8_a_form_posted_from_elsewhere_makes_nothing_and_signs_nobody_out(guest, hosts, embedded):
    guest.goto(f"{embedded.market}/aanmelden")
    guest.get_by_label("E-mailadres").fill("werkgever@voorbeeld.example")
    guest.get_by_label("Wachtwoord").fill(PASSWORD)
    guest.get_by_role("main").get_by_role("button", name=re.compile("Meld")).click()
    guest.wait_for_url("**/aanvragen")
    for path in (f"/widgets/v1/{embedded.live}/drafts", "/start/" + "A" * 32, "/aanvraag"):
        form = f'<form id="f" method="post" action="{embedded.market}{path}"></form>'
        hosts.put(form, "/post")
        guest.goto(f"{embedded.kwaad}/post")
        with guest.expect_navigation() as went:
            guest.evaluate("document.querySelector('#f').submit()")
        assert went.value.status in {400, 403, 405}
    guest.goto(f"{embedded.market}/aanvragen")
    assert guest.url.endswith("/aanvragen")


def test_h9_a_planted_link_names_its_source_and_asks(guest, hosts, embedded):
    hosts.put(embedded.script + embedded.intake(), "/lok")
    guest.goto(f"{embedded.zorg}/lok")
    wait_for(guest, "ready")
    inside = guest.frame_locator("tdm-intake iframe")
    inside.get_by_label("Uw vraag in eigen woorden").fill("Van een ander")
    inside.get_by_role("button", name="Ga verder").click()
    guest.wait_for_url("**/needs/drafts/*")
    expect(guest.locator("h1")).to_contain_text("Zorgfederatie Voorbeeld")
    expect(guest.get_by_text("Hebt u dit zelf ingevuld?")).to_be_visible()
    assert "/aanvraag/" not in guest.url


def test_h10_our_own_pages_cannot_be_overlaid(guest, hosts, embedded):
    hosts.put(
        "".join(
            f'<iframe src="{embedded.market}{path}"></iframe>'
            for path in ("/", "/aanmelden", "/widgets/beheer")
        ),
        "/onder",
    )
    guest.goto(f"{embedded.zorg}/onder")
    guest.wait_for_timeout(500)
    for frame in guest.frames[1:]:
        assert "Aanmelden" not in frame.content()


def test_h11_h13_a_page_that_patches_the_browser_sees_public_facts_only(guest, hosts, embedded):
    spy = """<script>
    window.seen = [];
    const get = window.fetch;
    window.fetch = async (...all) => {
      const answer = await get(...all);
      seen.push(await answer.clone().text());
      return answer;
    };
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (how) {
      const root = attach.call(this, how);
      (window.roots ??= []).push(root);
      return root;
    };</script>"""
    hosts.put(spy + embedded.script + embedded.offers() + embedded.intake(), "/spion")
    guest.goto(f"{embedded.zorg}/spion")
    wait_for(guest, "ready", 2)
    seen = guest.evaluate("seen.join() + roots.map((one) => one.innerHTML).join()")
    assert "token" not in seen
    assert "@" not in seen
    links = guest.locator("tdm-offers li a").evaluate_all("all => all.map((one) => one.href)")
    assert {link.split("?")[0].rsplit("/", 1)[0] for link in links} == {f"{embedded.market}/aanbod"}


def test_h12_a_sandbox_leaves_the_links(guest, hosts, embedded):
    hosts.put(
        embedded.script
        + embedded.offers()
        + embedded.intake(more='loading="eager" timeout="1500"'),
        "/doos",
    )
    hosts.put(
        f'<iframe sandbox="allow-scripts" width="600" src="{embedded.zorg}/doos"></iframe>',
        "/buiten",
    )
    faults = []
    guest.on("pageerror", lambda one: faults.append(str(one)))
    guest.goto(f"{embedded.zorg}/buiten")
    inside = guest.frame_locator("iframe").locator(".back")
    expect(inside).to_have_count(2)
    guest.wait_for_timeout(2_500)
    for link in inside.all():
        expect(link).to_be_visible()
    assert faults == []


def test_h14_no_message_goes_to_an_origin_that_is_not_listed(guest, hosts, embedded):
    market = embedded.market
    frame = f'<iframe src="{market}/widgets/v1/{embedded.live}/intake?origin={{origin}}"></iframe>'
    heard = {}
    for origin in (embedded.kwaad, "*", embedded.zorg):
        hosts.put(frame.format(origin=origin), "/wie")
        guest.goto(f"{embedded.zorg}/wie")
        guest.frame_locator("iframe").get_by_role("button").wait_for()
        guest.wait_for_timeout(300)
        heard[origin] = len(guest.evaluate("heard")) > 0
    assert heard == {embedded.kwaad: False, "*": False, embedded.zorg: True}


def test_a_revoked_key_leaves_the_links(guest, hosts, embedded):
    key = "pk_live_00000000000000000000"
    hosts.put(
        embedded.script
        + embedded.offers(key)
        + embedded.intake(key, 'loading="eager" timeout="1500"'),
        "/oud",
    )
    guest.goto(f"{embedded.zorg}/oud")
    wait_for(guest, "error", 2)
    for link in guest.locator(".back").all():
        expect(link).to_be_visible()


def test_control_the_three_names_lead_to_this_machine(embedded, hosts):
    hosts.put("hier", "/hier")
    wire = http.client.HTTPConnection("127.0.0.1", hosts.port, timeout=5)
    wire.request("GET", "/hier", headers={"Host": "kwaad.localhost"})
    assert b"hier" in wire.getresponse().read()
    wire.close()
    assert (
        len(
            {
                embedded.market.split(":")[1],
                embedded.zorg.split(":")[1],
                embedded.kwaad.split(":")[1],
            }
        )
        == 3
    )
