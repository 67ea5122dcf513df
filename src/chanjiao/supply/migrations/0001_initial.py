import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('organisations', '0001_initial'),
        ('standards', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MajorOffering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('code', models.CharField(max_length=20, verbose_name='专业代码')),
                ('name', models.CharField(max_length=80, verbose_name='专业名称')),
                ('direction', models.CharField(blank=True, max_length=60, verbose_name='专业方向')),
                ('level', models.CharField(choices=[('secondary', '中职'), ('middle', '技工中级'), ('senior', '技工高级'), ('technician', '技师'), ('college', '高职专科'), ('vbachelor', '职业本科'), ('bachelor', '本科')], max_length=10, verbose_name='层次')),
                ('form', models.CharField(choices=[('regular', '普通'), ('five', '五年一贯'), ('3+2', '中高 3+2'), ('tobachelor', '高本贯通'), ('4+0', '4+0'), ('apprentice', '学徒制'), ('order', '订单')], default='regular', max_length=10, verbose_name='培养方式')),
                ('duration', models.DecimalField(decimal_places=1, max_digits=3, verbose_name='学制（年）')),
                ('group', models.CharField(blank=True, max_length=80, verbose_name='专业群')),
                ('first_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='首届招生年份')),
                ('state', models.CharField(choices=[('planned', '拟设'), ('submitted', '待备案'), ('filed', '备案'), ('open', '在招'), ('limited', '限招'), ('stopped', '停招'), ('revoked', '撤销')], default='planned', max_length=10, verbose_name='设置状态')),
                ('filing_number', models.CharField(blank=True, max_length=60, verbose_name='备案号')),
                ('approval_number', models.CharField(blank=True, max_length=80, verbose_name='国控专业批准文号')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='最近确认')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('major', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='standards.code', verbose_name='目录专业')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='organisations.organisation', verbose_name='学校')),
            ],
            options={
                'verbose_name': '开设专业',
                'verbose_name_plural': '开设专业',
                'ordering': ['school__name', 'code', 'direction', 'level', 'pk'],
                'indexes': [models.Index(fields=['state', 'code'], name='major_offering_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'revoked'), _negated=True), fields=('school', 'code', 'direction', 'level'), name='major_offering_once_a_school', violation_error_message='该校已开设同一专业、方向和层次。'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['filed', 'limited', 'open']), _negated=True), models.Q(('filing_number', ''), _negated=True), _connector='OR'), name='major_offering_enrols_with_a_filing_number', violation_error_message='备案、在招、限招的专业须有备案号。'), models.CheckConstraint(condition=models.Q(('duration__gt', 0), ('duration__lte', 8)), name='major_offering_takes_time', violation_error_message='学制须大于 0、不超过 8 年。')],
            },
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('grade', models.PositiveSmallIntegerField(verbose_name='入学年份')),
                ('class_name', models.CharField(max_length=40, verbose_name='班级')),
                ('declared_size', models.PositiveIntegerField(blank=True, null=True, verbose_name='人数')),
                ('graduates_on', models.DateField(verbose_name='预计毕业')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cohorts', to=settings.AUTH_USER_MODEL, verbose_name='班主任')),
                ('offering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='supply.majoroffering', verbose_name='开设专业')),
            ],
            options={
                'verbose_name': '班级与届次',
                'verbose_name_plural': '班级与届次',
                'ordering': ['-grade', 'offering__code', 'class_name', 'pk'],
                'indexes': [models.Index(fields=['graduates_on'], name='cohort_by_graduation')],
                'constraints': [models.UniqueConstraint(fields=('offering', 'grade', 'class_name'), name='cohort_once', violation_error_message='该专业这一年级已有同名班级。')],
            },
        ),
        migrations.CreateModel(
            name='MajorYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('year', models.PositiveSmallIntegerField(verbose_name='学年')),
                ('plan', models.PositiveIntegerField(blank=True, null=True, verbose_name='招生计划')),
                ('applied', models.PositiveIntegerField(blank=True, null=True, verbose_name='报名数')),
                ('admitted', models.PositiveIntegerField(blank=True, null=True, verbose_name='录取数')),
                ('registered', models.PositiveIntegerField(blank=True, null=True, verbose_name='报到数')),
                ('enrolled', models.PositiveIntegerField(verbose_name='在校生')),
                ('graduates', models.PositiveIntegerField(blank=True, null=True, verbose_name='毕业生')),
                ('further_study', models.PositiveIntegerField(blank=True, null=True, verbose_name='其中升学')),
                ('donated_yuan', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='捐赠设备（元）')),
                ('quasi_donated_yuan', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='准捐赠设备（元）')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('offering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='supply.majoroffering', verbose_name='开设专业')),
            ],
            options={
                'verbose_name': '专业年度数据',
                'verbose_name_plural': '专业年度数据',
                'ordering': ['offering_id', '-year'],
                'constraints': [models.UniqueConstraint(fields=('offering', 'year'), name='major_year_once', violation_error_message='该专业这一学年的数据已填报。'), models.CheckConstraint(condition=models.Q(('registered__isnull', True), ('admitted__isnull', True), ('registered__lte', models.F('admitted')), _connector='OR'), name='major_year_registers_only_the_admitted', violation_error_message='报到数不能超过录取数。'), models.CheckConstraint(condition=models.Q(('further_study__isnull', True), ('graduates__isnull', True), ('further_study__lte', models.F('graduates')), _connector='OR'), name='major_year_only_graduates_study_on', violation_error_message='升学人数不能超过毕业生数。')],
            },
        ),
        migrations.CreateModel(
            name='Student',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('number', models.CharField(max_length=30, verbose_name='学号')),
                ('grade', models.PositiveSmallIntegerField(verbose_name='入学年份')),
                ('status', models.CharField(choices=[('enrolled', '在籍'), ('suspended', '休学'), ('withdrawn', '退学'), ('graduated', '毕业'), ('completed', '结业')], default='enrolled', max_length=10, verbose_name='学籍')),
                ('guardian_consent', models.BooleanField(default=False, verbose_name='监护人同意')),
                ('guardian_consent_on', models.DateField(blank=True, null=True, verbose_name='监护人同意登记日')),
                ('cohort', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='students', to='supply.cohort', verbose_name='班级')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('offering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='students', to='supply.majoroffering', verbose_name='开设专业')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='studies', to='organisations.person', verbose_name='人员')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='students', to='organisations.organisation', verbose_name='学校')),
            ],
            options={
                'verbose_name': '学生',
                'verbose_name_plural': '学生',
                'ordering': ['school_id', '-grade', 'number'],
                'indexes': [models.Index(fields=['school', 'status'], name='student_of_school')],
                'constraints': [models.UniqueConstraint(fields=('school', 'number'), name='student_number_once_a_school', violation_error_message='该校已有同一学号。'), models.UniqueConstraint(condition=models.Q(('status__in', ['enrolled', 'suspended'])), fields=('person',), name='student_on_one_roll_at_a_time', violation_error_message='此人已在籍，不能同时在两处在籍。')],
            },
        ),
    ]
