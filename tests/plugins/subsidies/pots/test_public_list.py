"""The public page names the pots that still give."""

from datetime import date

from .test_pages import TYPED

PAGE = "/x/subsidies/steun"


def test_everybody_reads_which_pots_still_give(client, pot):
    empty = client.get(PAGE).text
    assert "Er is nu geen pot met geld." in empty
    pot(title="Pot <b>met geld</b>", page="https://federatie.example/geld")
    pot(title="Lege pot", total_cents=0)
    pot(title="Oude pot", first_day=date(2025, 1, 1), last_day=date(2025, 12, 31))
    page = client.get(PAGE).text
    assert 'href="https://federatie.example/geld">Pot &lt;b&gt;met geld&lt;/b&gt;</a>' in page
    assert "50 euro per deelnemer." in page
    assert "Zorgfederatie Voorbeeld. Paritaire comités: 330." in page
    assert "van 1 januari 2027 tot en met 31 december 2027" in page
    assert "Lege pot" not in page
    assert "Oude pot" not in page


def test_a_closed_pot_is_not_read_by_everybody(client, federation):
    mine = federation.post("/x/subsidies/potten/nieuw", data=TYPED).location
    assert TYPED["title"] in client.get(PAGE).text
    federation.post(f"{mine}/sluiten")
    assert TYPED["title"] not in client.get(PAGE).text
