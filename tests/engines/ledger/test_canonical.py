"""Equal content has equal bytes; content without a single spelling is refused by name."""

import datetime as dt
import json
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given, strategies as st

from chanjiao.engines.ledger import GENESIS, PayloadError, canonical, entry_hash

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), plain, max_size=6), st.randoms())
def test_order_of_keys_does_not_matter_and_bytes_read_back_as_the_same_content(payload, random):
    keys = list(payload)
    random.shuffle(keys)
    bytes_ = canonical(payload)
    assert canonical({key: payload[key] for key in keys}) == bytes_
    assert json.loads(bytes_) == payload


@pytest.mark.parametrize(
    ("payload", "path", "remedy_zh", "remedy_en"),
    [
        ({"pay": {"min": 0.5}}, "pay.min", "整数", "integer"),
        ({"on": [dt.date(2025, 1, 2)]}, "on[0]", "ISO 8601", "ISO 8601"),
        ({"a": Decimal("1.0")}, "a", "文本", "text"),
        ({"a": {1: "x"}}, "a.1", "文本键", "text key"),
        ({"a": {"s"}}, "a", "文本", "text"),
    ],
)
def test_a_value_without_a_single_spelling_is_refused_by_field(payload, path, remedy_zh, remedy_en):
    with pytest.raises(PayloadError) as caught:
        canonical(payload)
    assert caught.value.path == path
    assert remedy_zh in caught.value.zh
    assert remedy_en in caught.value.en


def test_a_payload_that_is_no_mapping_is_refused():
    with pytest.raises(PayloadError, match="must be a mapping"):
        canonical(["a"])  # type: ignore[arg-type]


def test_half_a_character_is_refused_rather_than_stored_in_two_ways():
    with pytest.raises(PayloadError, match="half a character"):
        canonical({"name": "\ud83d"})


def test_a_payload_that_holds_itself_is_refused_not_followed_for_ever():
    loop: dict = {}
    loop["self"] = loop
    with pytest.raises(PayloadError, match="nested deeper"):
        canonical(loop)


def test_any_mapping_and_any_sequence_spell_like_dict_and_list():
    odd = MappingProxyType({"a": MappingProxyType({"b": (1, 2)})})
    assert canonical(odd) == canonical({"a": {"b": [1, 2]}}) == b'{"a":{"b":[1,2]}}'


def test_the_seal_is_the_published_sha256_so_that_others_can_recompute_it():
    import hashlib
    import hmac

    body = canonical({"payload": {"name": "望澜"}, "previous": GENESIS, "sequence": 1})
    label = b"chanjiao.ledger.v1\n"
    assert entry_hash(GENESIS, 1, {"name": "望澜"}) == hashlib.sha256(label + body).hexdigest()
    keyed = hmac.new(b"k", label + body, "sha256").hexdigest()
    assert entry_hash(GENESIS, 1, {"name": "望澜"}, key=b"k") == keyed


@pytest.mark.parametrize("sequence", [0, -1, True, "1", 1.0])
def test_a_sequence_that_is_no_counting_number_is_refused(sequence):
    with pytest.raises(ValueError, match="序号"):
        entry_hash(GENESIS, sequence, {})


@pytest.mark.parametrize("previous", ["", "0" * 63, "G" * 64, "A" * 64, None, "0" * 64 + "\n"])
def test_a_previous_hash_that_is_no_hash_is_refused(previous):
    with pytest.raises(ValueError, match="摘要"):
        entry_hash(previous, 1, {})


def test_an_empty_key_is_refused_because_it_would_protect_nothing():
    with pytest.raises(ValueError, match="密钥为空"):
        entry_hash(GENESIS, 1, {}, key=b"")
