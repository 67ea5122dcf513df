import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.CharField(choices=[('gbt4754', '国民经济行业分类 GB/T 4754-2017'), ('occ2022', '职业分类大典 2022'), ('major2021', '职业教育专业目录 2021'), ('gbt2260', '行政区划'), ('education', '学历层次'), ('gbt4658', '学历代码 GB/T 4658-2006'), ('skill_level', '职业技能等级（新八级）'), ('destination', '毕业去向'), ('ownership', '单位性质'), ('skill', '技能')], max_length=12, verbose_name='代码系统')),
                ('code', models.CharField(max_length=20, verbose_name='代码')),
                ('name', models.CharField(max_length=160, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='英文名称')),
                ('level', models.PositiveSmallIntegerField(default=1, verbose_name='层级')),
                ('aliases', models.JSONField(blank=True, default=list, verbose_name='别名')),
                ('flags', models.CharField(blank=True, max_length=40, verbose_name='标记')),
                ('search_text', models.TextField(blank=True, editable=False, verbose_name='检索文本')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='变更时间')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='standards.code', verbose_name='上级')),
            ],
            options={
                'verbose_name': '标准代码',
                'verbose_name_plural': '标准代码',
                'ordering': ['system', 'code', 'valid_from'],
                'indexes': [models.Index(fields=['system', 'changed_at'], name='code_list_stamp')],
                'constraints': [models.UniqueConstraint(fields=('system', 'code', 'valid_from'), name='code_once_a_version'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('system', 'code'), name='code_one_current_version')],
            },
        ),
        migrations.CreateModel(
            name='Alignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('system', models.CharField(choices=[('gbt4754', '国民经济行业分类 GB/T 4754-2017'), ('occ2022', '职业分类大典 2022'), ('major2021', '职业教育专业目录 2021'), ('gbt2260', '行政区划'), ('education', '学历层次'), ('gbt4658', '学历代码 GB/T 4658-2006'), ('skill_level', '职业技能等级（新八级）'), ('destination', '毕业去向'), ('ownership', '单位性质'), ('skill', '技能')], max_length=12, verbose_name='代码系统')),
                ('raw', models.CharField(max_length=200, verbose_name='原文')),
                ('normalised', models.CharField(max_length=200, verbose_name='规范化原文')),
                ('organisation_id', models.BigIntegerField(null=True, verbose_name='机构')),
                ('candidates', models.JSONField(default=list, verbose_name='候选')),
                ('by', models.CharField(choices=[('person', '人工'), ('machine', '自动（高于阈值）'), ('memory', '历史记忆'), ('none', '都不合适')], max_length=10, verbose_name='确认方式')),
                ('is_global', models.BooleanField(default=False, verbose_name='全区采用')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('chosen', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='standards.code', verbose_name='选定')),
            ],
            options={
                'verbose_name': '对齐记录',
                'verbose_name_plural': '对齐记录',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['system', 'normalised'], name='alignment_by_wording')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_global', True)), fields=('system', 'normalised'), name='alignment_one_global_memory'), models.UniqueConstraint(fields=('system', 'normalised', 'organisation_id'), name='alignment_one_memory_an_organisation')],
            },
        ),
        migrations.CreateModel(
            name='CodeLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('relation', models.CharField(choices=[('major_occupation', '专业—职业'), ('occupation_industry', '职业—行业'), ('occupation_skill', '职业—技能'), ('major_major', '专业—专业衔接')], max_length=20, verbose_name='关系')),
                ('strength', models.DecimalField(decimal_places=3, max_digits=4, verbose_name='强度')),
                ('basis', models.CharField(choices=[('official', '官方目录'), ('standard', '教学标准'), ('expert', '专家'), ('statistical', '统计学习')], max_length=12, verbose_name='依据')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                ('state', models.CharField(choices=[('proposed', '待复核'), ('accepted', '已采纳'), ('rejected', '已否决')], default='proposed', max_length=10, verbose_name='状态')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='复核时间')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='standards.code', verbose_name='源')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='standards.code', verbose_name='目标')),
            ],
            options={
                'verbose_name': '代码对照',
                'verbose_name_plural': '代码对照',
                'ordering': ['relation', 'source__code', '-strength'],
                'constraints': [models.UniqueConstraint(fields=('relation', 'source', 'target'), name='code_link_once'), models.CheckConstraint(condition=models.Q(('strength__gte', 0), ('strength__lte', 1)), name='code_link_strength_is_a_share', violation_error_message='强度须在 0 与 1 之间。')],
            },
        ),
    ]
