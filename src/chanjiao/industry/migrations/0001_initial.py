import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('core', '0001_initial'),
        ('organisations', '0001_initial'),
        ('standards', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Chain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='编码')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='英文名称')),
                ('summary', models.TextField(blank=True, verbose_name='简介')),
                ('is_active', models.BooleanField(default=True, verbose_name='在用')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('head_company', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='链主企业')),
                ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='链长单位')),
            ],
            options={
                'verbose_name': '产业链',
                'verbose_name_plural': '产业链',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ChainNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('code', models.SlugField(max_length=40, verbose_name='编码')),
                ('name', models.CharField(max_length=80, verbose_name='环节')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='英文名称')),
                ('position', models.CharField(choices=[('up', '上游'), ('mid', '中游'), ('down', '下游'), ('side', '配套')], max_length=5, verbose_name='位置')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
                ('products', models.JSONField(blank=True, default=list, verbose_name='核心产品')),
                ('techs', models.JSONField(blank=True, default=list, verbose_name='关键技术')),
                ('override', models.CharField(blank=True, choices=[('strong', '优势'), ('complete', '完备'), ('weak', '薄弱'), ('missing', '缺失')], max_length=8, verbose_name='人工判定')),
                ('override_reason', models.CharField(blank=True, max_length=200, verbose_name='判定理由')),
                ('override_reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='复核时间')),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nodes', to='industry.chain', verbose_name='产业链')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('industries', models.ManyToManyField(blank=True, related_name='chain_nodes', to='standards.code', verbose_name='行业代码')),
                ('override_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='判定人')),
                ('override_reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='industry.chainnode', verbose_name='上级环节')),
            ],
            options={
                'verbose_name': '产业链环节',
                'verbose_name_plural': '产业链环节',
                'ordering': ['chain_id', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('chain', 'code'), name='chain_node_code_once', violation_error_message='本链已有同编码的环节。'), models.UniqueConstraint(fields=('chain', 'name'), name='chain_node_name_once', violation_error_message='本链已有同名的环节。'), models.CheckConstraint(condition=models.Q(('override', ''), models.Q(('override_reason', ''), _negated=True), _connector='OR'), name='chain_node_override_has_a_reason', violation_error_message='人工判定须写明理由。')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('role', models.CharField(choices=[('head', '链主'), ('backbone', '骨干'), ('support', '配套')], max_length=8, verbose_name='角色')),
                ('product', models.CharField(blank=True, max_length=120, verbose_name='核心产品')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='依据说明')),
                ('source', models.CharField(choices=[('office', '办公室登记'), ('import', '表格导入')], default='office', max_length=6, verbose_name='来源')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='core.storedfile', verbose_name='佐证')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='industry.chainnode', verbose_name='环节')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='organisations.organisation', verbose_name='企业')),
            ],
            options={
                'verbose_name': '企业—环节',
                'verbose_name_plural': '企业—环节',
                'ordering': ['node_id', '-year', 'role', 'pk'],
                'indexes': [models.Index(fields=['organisation', 'year'], name='placement_of_body')],
                'constraints': [models.UniqueConstraint(fields=('node', 'organisation', 'year'), name='placement_once_a_year', violation_error_message='该企业本年度已在此环节登记。')],
            },
        ),
    ]
