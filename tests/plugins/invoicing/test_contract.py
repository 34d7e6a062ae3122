"""The plugin keeps the contract: policies, templates, migrations up and down, off means gone."""


def test_invoicing_keeps_the_contract(contract_of):
    contract_of("invoicing")
