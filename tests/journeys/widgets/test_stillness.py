"""Reserved room keeps a page still, on our own example pages too."""

from __future__ import annotations

import pytest

from .events import wait_for


@pytest.mark.parametrize(("width", "offers", "form"), [(1000, 1500, 1100), (390, 5200, 1300)])
def test_b20_reserved_room_keeps_the_page_still(guest, hosts, embedded, width, offers, form):
    room = "".join(
        f"<style>tdm-{name}{{display:block;min-height:{height}px}}</style>"
        for name, height in (("offers", offers), ("intake", form))
    )
    guest.set_viewport_size({"width": width, "height": 900})
    body = embedded.script + embedded.intake() + "<p>Onder</p>" + embedded.offers() + "<p>Onder</p>"
    hosts.put(body, "/stil", room)
    guest.goto(f"{embedded.zorg}/stil")
    wait_for(guest, "ready", 2)
    wait_for(guest, "resize")
    guest.wait_for_timeout(500)
    assert guest.evaluate("shift") <= 0.05


@pytest.mark.parametrize("width", [1000, 390])
@pytest.mark.parametrize("name", ["index", "streng"])
def test_the_example_pages_of_the_demonstration_stay_still(guest, site, name, width):
    guest.set_viewport_size({"width": width, "height": 900})
    page = f"http://zorg.localhost:{site.port}/{name}.html"
    guest.goto(page)
    wait_for(guest, "ready")
    guest.locator("tdm-intake").scroll_into_view_if_needed()
    wait_for(guest, "ready", 2)
    guest.wait_for_timeout(500)
    assert guest.evaluate("shift") <= 0.05
    assert guest.evaluate("window.violations") is None


def test_the_example_page_without_scripts_leads_on_with_its_source(guest, site):
    guest.goto(f"http://zorg.localhost:{site.port}/redactie.html")
    guest.get_by_role("link", name="Vraag ondersteuning aan").click()
    guest.get_by_role("button", name="Begin nu").click()
    guest.wait_for_url("**/aanvraag/*/*")
    assert "campaign=" not in guest.url
