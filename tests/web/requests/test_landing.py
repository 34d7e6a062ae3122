import pytest


def test_the_front_door_promises_and_begins(client):
    page = client.get("/").text
    assert page.count("Begin uw aanvraag") >= 1
    assert page.count("Voorbeeld</span>") == 3
    assert "verzonnen bedragen" in page
    assert 'action="/aanvraag"' in page


@pytest.mark.parametrize(
    ("place", "agency"),
    [
        ("Aalst", "AgII"),
        ("2000", "Atlas"),
        ("Gand", "Amal"),
        ("1000", "Huis van het Nederlands"),
        ("11002", "Atlas"),
    ],
)
def test_a_municipality_finds_its_agency(client, place, agency):
    page = client.get("/", query_string={"gemeente": place}).text
    assert agency in page.partition('id="agentschap"')[2].partition("</section>")[0]


def test_the_start_page_says_what_is_coming(client):
    page = client.get("/aanvraag").text
    assert "tien minuten" in page
    assert "nooit namen" in page


def test_the_help_line_names_the_agency_of_the_place(client):
    url = client.post("/aanvraag").location
    assert "Amal" not in client.get(url).text
    url = client.post(url, data={"municipality": "Gent"}).location
    assert "U kunt terecht bij Amal" in client.get(url).text
