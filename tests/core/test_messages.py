import gettext
import os

import pytest
from django.template import Context, Engine
from django.utils.translation import override

from chanjiao.core import catalogues
from chanjiao.core.messages import Found, Unreadable, in_python, in_template


def texts(found):
    return [entry.msgid for entry in found]


@pytest.mark.parametrize(
    "call",
    [
        "_('订单班')",
        "gettext('订单班')",
        "gettext_lazy('订单' '班')",
        "translation.gettext_noop('订单班')",
        "_('订单班') % {'a': 1}",
    ],
)
def test_sentence_is_found_under_every_name_of_gettext(call):
    assert list(in_python(call)) == [Found("订单班")]


def test_context_and_plural_make_entries_of_their_own():
    assert list(in_python("pgettext('学校', '专业')")) == [Found("专业", context="学校")]
    assert list(in_python("npgettext_lazy('c', 'a', 'b', n)")) == [Found("a", "b", "c")]


@pytest.mark.parametrize("call", ["_(f'{n} 人')", "_('共' + n)", "_('共 %s' % n)"])
def test_sentence_put_together_inside_the_call_is_refused_with_its_line(call):
    with pytest.raises(Unreadable, match=r"Line 2"):
        list(in_python("\n" + call))


def test_variable_and_foreign_call_are_passed_over():
    assert list(in_python("_(label); other('x'); obj.method(1)")) == []


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{% translate '需求' %}", Found("需求")),
        ('{% trans "需求" context "企业" as t %}', Found("需求", context="企业")),
        ("{% act 'x' label=_('签约') %}", Found("签约")),
        ("{{ _('共 50%') }}", Found("共 50%%")),
        ("<c-card :title=\"_('缺口')\">", Found("缺口")),
        (
            "{% blocktranslate with n=x.y %}共 {{ n }} 人{% endblocktranslate %}",
            Found("共 %(n)s 人"),
        ),
        (
            "{% blocktranslate trimmed count n=n %}\n  {{ n }} job\n  {% plural %}\n {{ n }} jobs\n"
            "{% endblocktranslate %}",
            Found("%(n)s job", "%(n)s jobs"),
        ),
    ],
)
def test_template_sentence_is_found(template, expected):
    assert list(in_template(template)) == [expected]


def test_commented_out_template_text_is_not_translated():
    assert list(in_template("{# _('a') #}{% comment %}{% translate 'b' %}{% endcomment %}")) == []


def test_expression_inside_a_block_is_refused():
    with pytest.raises(Unreadable, match="with"):
        list(in_template("{% blocktranslate %}{{ a.b }}{% endblocktranslate %}"))


def test_found_msgid_is_the_one_django_looks_up(monkeypatch):
    """The rule for per cent signs and line breaks is Django's; a wrong msgid never translates."""
    asked = []
    monkeypatch.setattr(
        "django.utils.translation._trans.gettext", lambda text: asked.append(text) or text
    )
    source = (
        "{% load i18n %}{% translate '增长 5%' %}"
        "{% blocktranslate trimmed with a=1 %}\n 占 {{ a }}%\n 以上 {% endblocktranslate %}"
    )
    engine = Engine(libraries={"i18n": "django.templatetags.i18n"})
    with override("en"):
        engine.from_string(source).render(Context())
    assert sorted(asked) == sorted(texts(in_template(source)))


@pytest.fixture
def root(tmp_path):
    (tmp_path / "demand" / "templates").mkdir(parents=True)
    (tmp_path / "web" / "gaps").mkdir(parents=True)
    (tmp_path / "engines").mkdir()
    (tmp_path / "demand" / "models.py").write_text("_('需求'); ngettext('%(n)s 家', '%(n)s 家', n)")
    (tmp_path / "web" / "gaps" / "views.py").write_text("_('缺口'); _('需求')")
    (tmp_path / "engines" / "pure.py").write_text("_('不归这里管')")
    return tmp_path


def po(root, package):
    return catalogues.catalogue_path(root / package)


def translate(path, msgid, english):
    text = path.read_text("utf-8")
    place = f'msgid "{msgid}"\nmsgstr ""'
    assert place in text
    path.write_text(text.replace(place, f'msgid "{msgid}"\nmsgstr "{english}"'), "utf-8")


def test_each_app_and_area_gets_its_own_catalogue(root):
    changed = catalogues.update(root)
    assert sorted(changed) == [po(root, "demand"), po(root, "web/gaps")]


def test_second_update_changes_nothing(root):
    catalogues.update(root)
    assert catalogues.update(root) == []


def test_english_is_kept_and_shared_with_packages_that_show_the_same_sentence(root):
    catalogues.update(root)
    translate(po(root, "demand"), "需求", "Demand")
    catalogues.update(root)
    assert 'msgid "需求"\nmsgstr "Demand"' in po(root, "web/gaps").read_text("utf-8")


def test_english_follows_a_sentence_that_moves(root):
    catalogues.update(root)
    translate(po(root, "web/gaps"), "缺口", "Gap")
    (root / "web" / "gaps" / "views.py").write_text("")
    (root / "demand" / "models.py").write_text("_('缺口')")
    catalogues.update(root)
    assert 'msgstr "Gap"' in po(root, "demand").read_text("utf-8")
    assert not po(root, "web/gaps").exists()


def test_catalogue_carries_no_line_numbers_or_dates(root):
    catalogues.update(root)
    text = po(root, "demand").read_text("utf-8")
    assert "#:" not in text
    assert "Date" not in text


def complete(root):
    for path in root.rglob("django.po"):
        text = path.read_text("utf-8")
        text = text.replace('msgstr[0] ""', 'msgstr[0] "%(n)s company"')
        text = text.replace('msgstr[1] ""', 'msgstr[1] "%(n)s companies"')
        head, _, body = text.partition("\n\n")
        path.write_text(head + "\n\n" + body.replace('msgstr ""', 'msgstr "English"'), "utf-8")


def test_complete_catalogues_have_no_fault(root):
    catalogues.update(root)
    complete(root)
    assert catalogues.faults(root) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("English", ""), "no English"),
        (('msgid "需求"', '#, fuzzy\nmsgid "需求"'), "fuzzy"),
        (('msgid "需求"', 'msgid "旧词"'), "no longer used: 旧词"),
        (('msgid "需求"', 'msgid "旧词"'), "not in the catalogue: 需求"),
        (("%(n)s companies", "%(m)s companies"), "placeholders differ"),
        (("English", "Otherwise"), "translated otherwise"),
    ],
)
def test_fault_in_a_catalogue_is_named(root, change, reason):
    catalogues.update(root)
    complete(root)
    path = po(root, "demand")
    path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    assert any(reason in fault for fault in catalogues.faults(root))


def test_sentence_with_and_without_plural_is_one_entry(root):
    (root / "demand" / "models.py").write_text("_('家'); ngettext('家', '家', n)")
    catalogues.update(root)
    complete(root)
    assert [fault for fault in catalogues.faults(root) if "demand" in fault] == []


def test_sentence_without_catalogue_is_a_fault(root):
    assert any("not in the catalogue" in fault for fault in catalogues.faults(root))


def test_compiled_catalogue_speaks_english_and_is_written_only_when_stale(root):
    catalogues.update(root)
    complete(root)
    written = catalogues.compile_stale(root)
    with po(root, "demand").with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("需求") == "English"
    assert spoken.ngettext("%(n)s 家", "%(n)s 家", 2) == "%(n)s companies"
    assert len(written) == 2
    assert catalogues.compile_stale(root) == []

    later = written[0].stat().st_mtime + 5
    os.utime(written[0].with_suffix(".po"), (later, later))
    assert catalogues.compile_stale(root) == written[:1]
