from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    COMPANY = "company", _("企业")
    SECONDARY_SCHOOL = "secondary", _("中等职业学校")
    TECHNICIAN_COLLEGE = "technician", _("技工院校")
    HIGHER_COLLEGE = "higher", _("高等职业学校")
    UNIVERSITY = "university", _("本科院校")
    GOVERNMENT = "government", _("政府部门")
    PARK = "park", _("园区街道")
    ASSOCIATION = "association", _("行业协会")
    INSTITUTE = "institute", _("科研院所")
    TRAINING_BODY = "training", _("培训机构")
    ASSESSMENT_BODY = "assessment", _("评价机构")
    SOLE_TRADER = "sole", _("个体工商户")


SCHOOL_KINDS = frozenset(
    {Kind.SECONDARY_SCHOOL, Kind.TECHNICIAN_COLLEGE, Kind.HIGHER_COLLEGE, Kind.UNIVERSITY}
)


class Scale(models.TextChoices):
    LARGE = "L", _("大型")
    MEDIUM = "M", _("中型")
    SMALL = "S", _("小型")
    MICRO = "XS", _("微型")


class Status(models.TextChoices):
    ACTIVE = "active", _("在营")
    CLOSED = "closed", _("停业")
    DEREGISTERED = "deregistered", _("注销")
    MOVED = "moved", _("迁出")
    MERGED = "merged", _("已合并")


class Verified(models.TextChoices):
    UNVERIFIED = "none", _("未核验")
    SELF_REPORTED = "self", _("自报")
    VERIFIED = "office", _("已核验")


class AreaKind(models.TextChoices):
    CITY = "city", _("市")
    COUNTY = "county", _("县区")
    PARK = "park", _("园区")
    SUBDISTRICT = "subdistrict", _("街道")
    GRID = "grid", _("网格")


class NameKind(models.TextChoices):
    FORMER = "former", _("曾用名")
    SHORT = "short", _("简称")
    MERGED = "merged", _("合并前名称")


class Seat(models.TextChoices):
    CHAIR = "chair", _("理事长")
    EXECUTIVE_VICE = "executive", _("常务副理事长")
    VICE = "vice", _("副理事长")
    COUNCIL = "council", _("理事")
    MEMBER = "member", _("成员")


class MembershipState(models.TextChoices):
    APPLIED = "applied", _("申请")
    SCREENED = "screened", _("秘书处初审通过")
    ACTIVE = "active", _("在册")
    LEFT = "left", _("退出")
    EXPELLED = "expelled", _("除名")
    REFUSED = "refused", _("未通过")
    WITHDRAWN = "withdrawn", _("撤回")


class ConsortiumKind(models.TextChoices):
    MUNICIPAL = "municipal", _("市域产教联合体")
    SECTOR = "sector", _("行业产教融合共同体")
    COUNTY = "county", _("县域产教联盟")
    GROUP = "group", _("职教集团")


class ConsortiumLevel(models.TextChoices):
    PREPARING = "preparing", _("筹备")
    CITY = "city", _("市级")
    PROVINCE = "province", _("省级")
    NATIONAL = "national", _("国家级")


class YearSource(models.TextChoices):
    SELF = "self", _("自报")
    DEPARTMENT = "department", _("部门")
    IMPORT = "import", _("导入")


class AreaGrade(models.TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"
    NONE = "-", _("不定")


class ChangeKind(models.TextChoices):
    """What a dated line of the register of changes is about."""

    NAME = "name", _("名称变更")
    CREDIT_CODE = "code", _("代码变更")
    STATUS = "status", _("状态变更")
    AREA = "area", _("区域变更")
    KIND = "kind", _("类别变更")


class PairReason(models.TextChoices):
    SAME_CODE = "code", _("代码相同")
    SAME_NAME = "name", _("名称相同")
    SAME_CORE = "core", _("去掉地名和组织形式后相同")
    SAME_SOUND = "sound", _("读音相同")
    ALIKE = "alike", _("名称相近")


class PairState(models.TextChoices):
    OPEN = "open", _("待核对")
    DIFFERENT = "different", _("不是同一家")
    MERGED = "merged", _("已合并")
