from chanjiao.standards.choices import System
from chanjiao.standards.services import reference


def test_the_global_search_finds_codes_by_pinyin_initials(client_of, company_hr):
    reference.load_codes(System.OCCUPATION, ["6-18-01-07"])
    reference.load_codes(System.MAJOR, ["460103"])
    text = client_of(company_hr).get("/search/?q=数控").content.decode()
    assert "/standards/occ2022/6-18-01-07/" in text
    assert "/standards/major2021/460103/" in text
