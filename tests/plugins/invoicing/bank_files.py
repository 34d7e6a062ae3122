"""Statements of a bank, made for the tests: CODA 2 records of 128 characters, and CAMT.053."""

from xml.sax.saxutils import escape

IBAN = "BE68539007547034"


def coda(moves, number=1, account=IBAN, day="231126", currency="EUR"):
    """``moves``: (cents, communication or text, name). All of them come in."""
    total = sum(cents for cents, _text, _name in moves)
    records = [f"0{'0000'}{day}{'539':<3}05  {'':<10}{'AGII':<26}{'KBCBBEBB':<11}{'00403019261'}"]
    records[0] = _fit(records[0], {127: "2"})
    head = f"12{number:03d}{account:<34}{currency}{_amount(0)}{day}{'AGII':<26}{'':<35}{number:03d}"
    records.append(head)
    for index, (cents, said, name) in enumerate(moves, 1):
        records += _move(index, cents, said, name, day)
    records.append(_fit(f"8{number:03d}{account:<34}{currency}{_amount(total)}{day}", {}))
    count = len(records) - 1
    records.append(_fit(f"9{'':<15}{count:06d}{0:015d}{total * 10:015d}", {}))
    return "".join(record.ljust(128) + "\r\n" for record in records).encode("cp1252")


def _move(index, cents, said, name, day):
    digits = "".join(char for char in said if char.isdigit())
    text = f"1101{digits}" if said.startswith("+++") else f"0{said}"
    text = text.ljust(107)[:107]
    sequence = f"{index:04d}0000"
    return [
        f"21{sequence}{'REF':<21}{_amount(cents)}{day}00150000{text[:54]}{day}0010 0".ljust(128),
        f"22{sequence}{text[54:107]}{'':<35}{'':<11}{'':<3} {'':<4}{'':<4}{'':<4}1 0".ljust(128),
        f"23{sequence}{'BE43068999999501':<37}{name[:35]:<35}{'':<43}0 0".ljust(128),
    ]


def _amount(cents):
    return f"0{cents * 10:015d}"


def _fit(record, places):
    row = list(record.ljust(128))
    for place, char in places.items():
        row[place] = char
    return "".join(row)


def camt(moves, number=1, account=IBAN, currency="EUR", version="08"):
    """As ``coda``; a communication that begins with +++ stands in the structured field."""
    entries = "".join(_entry(*move, currency) for move in moves)
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="{space}"><BkToCstmrStmt><GrpHdr><MsgId>M{number}</MsgId></GrpHdr>
<Stmt><Id>S2026-{number}</Id><Acct><Id><IBAN>{account}</IBAN></Id></Acct>{entries}</Stmt>
</BkToCstmrStmt></Document>""".encode()


def _entry(cents, said, name, currency):
    digits = "".join(char for char in said if char.isdigit())
    structured = f"<Strd><CdtrRefInf><Ref>{digits}</Ref></CdtrRefInf></Strd>"
    free = f"<Ustrd>{escape(said)}</Ustrd>"
    amount = f'<Amt Ccy="{currency}">{cents // 100}.{cents % 100:02d}</Amt>'
    return f"""<Ntry>{amount}<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-23</Dt></BookgDt><NtryDtls><TxDtls>{amount}
<RltdPties><Dbtr><Pty><Nm>{escape(name)}</Nm></Pty></Dbtr>
<DbtrAcct><Id><IBAN>BE43068999999501</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf>{structured if said.startswith("+++") else free}</RmtInf></TxDtls></NtryDtls></Ntry>"""
