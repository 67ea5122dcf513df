import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('core', '0002_parameter_approval'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='GapStudy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('as_of', models.DateField(verbose_name='数据截至')),
                ('state', models.CharField(choices=[('waiting', '排队中'), ('running', '计算中'), ('done', '已完成'), ('failed', '未完成')], default='waiting', max_length=8, verbose_name='状态')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('parameters', models.JSONField(default=dict, verbose_name='参数')),
                ('reference', models.JSONField(default=dict, verbose_name='代码与对照')),
                ('totals', models.JSONField(default=dict, verbose_name='总计')),
                ('inputs_hash', models.CharField(blank=True, max_length=64, verbose_name='输入哈希')),
                ('results_hash', models.CharField(blank=True, max_length=64, verbose_name='结果哈希')),
                ('computed_at', models.DateTimeField(blank=True, null=True, verbose_name='计算时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公开时间')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.jobrun', verbose_name='后台任务')),
            ],
            options={
                'verbose_name': '缺口分析',
                'verbose_name_plural': '缺口分析',
                'ordering': ['-as_of', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('state', 'done'), _connector='OR'), name='gap_study_published_only_when_done', violation_error_message='只有已完成的分析可以公开。')],
            },
        ),
        migrations.CreateModel(
            name='GapFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('office', '办公室'), ('others', '其他人')], max_length=6, verbose_name='口径')),
                ('view', models.CharField(choices=[('occupation', '按职业'), ('major', '按专业'), ('chain', '按产业链'), ('area', '按区域'), ('industry', '按行业'), ('cell', '职业 × 区域'), ('flow', '专业 → 职业'), ('grid', '区域 × 行业 × 专业')], max_length=10, verbose_name='视角')),
                ('key', models.CharField(blank=True, max_length=80, verbose_name='代码')),
                ('key2', models.CharField(blank=True, max_length=80, verbose_name='第二代码')),
                ('parent', models.CharField(blank=True, max_length=80, verbose_name='上级代码')),
                ('depth', models.PositiveSmallIntegerField(default=0, verbose_name='层级')),
                ('is_leaf', models.BooleanField(default=False, verbose_name='末级')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=240, verbose_name='英文名称')),
                ('name2', models.CharField(blank=True, max_length=200, verbose_name='第二名称')),
                ('name2_en', models.CharField(blank=True, max_length=240, verbose_name='第二英文名称')),
                ('demand', models.PositiveIntegerField(null=True, verbose_name='需求')),
                ('matched', models.PositiveIntegerField(null=True, verbose_name='可比需求')),
                ('supply', models.PositiveIntegerField(null=True, verbose_name='供给')),
                ('covered', models.PositiveIntegerField(null=True, verbose_name='已覆盖')),
                ('gap', models.PositiveIntegerField(null=True, verbose_name='缺口')),
                ('surplus', models.PositiveIntegerField(null=True, verbose_name='富余')),
                ('local_supply', models.PositiveIntegerField(null=True, verbose_name='本地学校毕业生')),
                ('projected_demand', models.PositiveIntegerField(null=True, verbose_name='预测需求')),
                ('projected_supply', models.PositiveIntegerField(null=True, verbose_name='预测供给')),
                ('companies', models.PositiveIntegerField(null=True, verbose_name='企业数')),
                ('index', models.DecimalField(decimal_places=4, max_digits=5, null=True, verbose_name='紧缺指数')),
                ('band', models.CharField(blank=True, choices=[('severe', '非常紧缺'), ('short', '紧缺'), ('some', '一般紧缺'), ('none', '不紧缺')], max_length=6, verbose_name='紧缺等级')),
                ('fit_wanted', models.PositiveIntegerField(null=True, verbose_name='契合人数')),
                ('fit_linked', models.PositiveIntegerField(null=True, verbose_name='有对照人数')),
                ('majors', models.JSONField(blank=True, default=list, verbose_name='通向的专业')),
                ('unknown', models.PositiveIntegerField(default=0, verbose_name='规模未知的班级')),
                ('hidden', models.CharField(blank=True, choices=[('few_contributors', '企业数过少'), ('few_people', '人数过少'), ('gives_away', '会泄露其他小单元'), ('derived', '可推算出未公开的数')], max_length=16, verbose_name='未公开原因')),
                ('hidden_for', models.JSONField(blank=True, default=list, verbose_name='保护的单元')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='gaps.gapstudy', verbose_name='缺口分析')),
            ],
            options={
                'verbose_name': '缺口数字',
                'verbose_name_plural': '缺口数字',
                'ordering': ['view', 'key', 'key2', 'pk'],
                'indexes': [models.Index(fields=['study', 'audience', 'view', '-index'], name='gap_figure_by_index')],
                'constraints': [models.UniqueConstraint(fields=('study', 'audience', 'view', 'key', 'key2'), name='gap_figure_once')],
            },
        ),
        migrations.CreateModel(
            name='GapLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('demand', '需求'), ('supply', '供给')], max_length=6, verbose_name='方向')),
                ('source_id', models.BigIntegerField(verbose_name='来源记录')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='代码')),
                ('people', models.PositiveIntegerField(null=True, verbose_name='人数')),
                ('loss', models.DecimalField(decimal_places=6, max_digits=7, null=True, verbose_name='流失率')),
                ('further', models.DecimalField(decimal_places=6, max_digits=7, null=True, verbose_name='升学率')),
                ('leavers', models.PositiveIntegerField(null=True, verbose_name='预计求职')),
                ('area', models.CharField(blank=True, max_length=32, verbose_name='区域')),
                ('node', models.CharField(blank=True, max_length=80, verbose_name='产业链环节')),
                ('industry', models.CharField(blank=True, max_length=12, verbose_name='行业')),
                ('basis', models.CharField(max_length=40, verbose_name='依据')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='机构')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='gaps.gapstudy', verbose_name='缺口分析')),
            ],
            options={
                'verbose_name': '缺口分析明细',
                'verbose_name_plural': '缺口分析明细',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['study', 'side', '-people', 'id'], name='gap_line_by_people'), models.Index(fields=['study', 'side', 'code'], name='gap_line_by_code'), models.Index(fields=['study', 'side', 'area'], name='gap_line_by_area'), models.Index(fields=['study', 'side', 'node'], name='gap_line_by_node'), models.Index(fields=['study', 'side', 'industry'], name='gap_line_by_industry')],
                'constraints': [models.UniqueConstraint(fields=('study', 'side', 'source_id'), name='gap_line_once')],
            },
        ),
    ]
