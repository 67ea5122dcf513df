import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chanjiao.config.settings.prod")
application = get_wsgi_application()

# What the start left behind lives as long as the process: it need not be looked through again
# with every few requests.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
