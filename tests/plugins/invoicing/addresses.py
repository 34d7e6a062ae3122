"""Addresses of pages, and what a person types there."""

ROOT = "/x/invoicing"
SELLER_FORM = {
    "name": "AgII",
    "enterprise_number": "0403.019.261",
    "charges_vat": "yes",
    "street": "Kerkstraat 1",
    "postcode": "9300",
    "city": "Aalst",
    "iban": "BE68 5390 0754 7034",
    "bic": "",
    "term_days": "30",
    "automatic": "no",
}
BUYER_FORM = {
    "street": "Dorp 2",
    "postcode": "9300",
    "city": "Aalst",
    "vat_taxpayer": "yes",
    "public_body": "no",
}


def desk(public_id, act=""):
    return f"{ROOT}/balie/facturen/{public_id}{'/' if act else ''}{act}"
