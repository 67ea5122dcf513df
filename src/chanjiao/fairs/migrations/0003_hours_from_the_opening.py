from datetime import datetime, timedelta

from django.db import migrations, models
from django.db.models import Min

DAY = datetime(2000, 1, 1)


def from_the_opening(apps, schema_editor):
    """Hours were laid out from the opening on, so a booth's first one is where it opened."""
    Slot, Interview = (apps.get_model('fairs', name) for name in ('Slot', 'Interview'))
    firsts = dict(Slot.objects.order_by().values_list('booth_id').annotate(n=Min('starts_at')))
    for slot in Slot.objects.order_by('pk').iterator():
        gone = datetime.combine(DAY, slot.starts_at) - datetime.combine(DAY, firsts[slot.booth_id])
        slot.after = int(gone.total_seconds()) // 60
        slot.save(update_fields=['after'])
    known = set()
    for one in Interview.objects.select_related('slot').order_by('pk').iterator():
        place = (one.fair_id, one.student_id, one.slot.after)
        if place in known:  # two hours of a moved fair that are one now: the earlier choice holds
            one.delete()
            continue
        known.add(place)
        one.after = one.slot.after
        one.save(update_fields=['after'])


def to_the_clock(apps, schema_editor):
    """Back again: the opening is the fair's."""
    for name, fair_of in (('Slot', lambda s: s.booth.fair), ('Interview', lambda i: i.fair)):
        for one in apps.get_model('fairs', name).objects.iterator():
            opening = datetime.combine(DAY, fair_of(one).starts_at)
            one.starts_at = (opening + timedelta(minutes=one.after)).time()
            one.save(update_fields=['starts_at'])


def link_the_asks(apps, schema_editor):
    """Invitations were known by the fair's name only."""
    Fair, Ask = apps.get_model('fairs', 'Fair'), apps.get_model('demand', 'Ask')
    for fair in Fair.objects.all():
        fair.asks.set(Ask.objects.filter(kind='fair', subject=fair.name.strip()))


class Migration(migrations.Migration):

    # PostgreSQL won't alter a table whose deferred checks are still to come.
    atomic = False

    dependencies = [
        ('demand', '0002_search'),
        ('fairs', '0002_intentions'),
    ]

    operations = [
        migrations.AddField(
            model_name='fair',
            name='asks',
            field=models.ManyToManyField(blank=True, editable=False, related_name='+', to='demand.ask', verbose_name='邀请'),
        ),
        migrations.AddField(
            model_name='slot', name='after',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='开场后分钟'),
        ),
        migrations.AddField(
            model_name='interview', name='after',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='开场后分钟'),
        ),
        migrations.AlterField(
            model_name='slot', name='starts_at',
            field=models.TimeField(null=True, verbose_name='开始'),
        ),
        migrations.AlterField(
            model_name='interview', name='starts_at',
            field=models.TimeField(null=True, verbose_name='开始'),
        ),
        migrations.RunPython(from_the_opening, to_the_clock),
        migrations.RunPython(link_the_asks, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name='slot', name='slot_once_a_time'),
        migrations.RemoveConstraint(model_name='interview', name='interview_one_place_at_a_time'),
        migrations.AlterField(
            model_name='slot', name='after',
            field=models.PositiveSmallIntegerField(verbose_name='开场后分钟'),
        ),
        migrations.AlterField(
            model_name='interview', name='after',
            field=models.PositiveSmallIntegerField(verbose_name='开场后分钟'),
        ),
        migrations.AlterModelOptions(
            name='slot',
            options={'ordering': ['booth_id', 'after'], 'verbose_name': '面试时段', 'verbose_name_plural': '面试时段'},
        ),
        migrations.AlterModelOptions(
            name='interview',
            options={'ordering': ['after', 'pk'], 'verbose_name': '面试预约', 'verbose_name_plural': '面试预约'},
        ),
        migrations.RemoveField(model_name='slot', name='starts_at'),
        migrations.RemoveField(model_name='interview', name='starts_at'),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('booth', 'after'), name='slot_once_a_time'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.UniqueConstraint(fields=('fair', 'student', 'after'), name='interview_one_place_at_a_time'),
        ),
    ]
