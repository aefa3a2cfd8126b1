# Rumskoll in one image; the command says which role it plays (docker-compose.yml).
#
# Pinned by tag; give a digest as well where builds must be the same for years:
#   docker build --build-arg BASE=python:3.13.15-slim-bookworm@sha256:...
ARG BASE=python:3.13.15-slim-bookworm

# ---- everything that is only needed to install
FROM ${BASE} AS build
WORKDIR /opt/rumskoll
ENV PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
COPY requirements/ requirements/
RUN python -m venv .uv && .uv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt
RUN python -m venv --without-pip .venv
# libraries first: they change seldom, and each is held to its checksum
RUN .uv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/run.txt -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY rooms/ rooms/
COPY storage/ storage/
COPY collector/ collector/
COPY api/ api/
COPY devices/ devices/
COPY dashboards/ dashboards/
COPY rumskoll/ rumskoll/
COPY examples/ examples/
RUN .uv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
RUN .venv/bin/python -m compileall -q .venv/lib rooms storage collector api devices dashboards rumskoll
RUN rm -r .uv requirements

# ---- what runs: Python, the environment, and a user that owns nothing but the data
FROM ${BASE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Rumskoll" \
      org.opencontainers.image.description="Watches meeting rooms: presence sensors and video-conferencing equipment" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN groupadd --gid 10001 rumskoll && useradd --uid 10001 --gid 10001 --home-dir /var/lib/rumskoll --shell /usr/sbin/nologin rumskoll
# a new volume takes its owner from the folder that it is mounted on
RUN install -d -o 10001 -g 10001 -m 750 /var/lib/rumskoll /var/backups/rumskoll /broker /etc/grafana/rumskoll /tokens/rumskoll-collector /tokens/rumskoll-api /tokens/rumskoll-grafana /tokens/bridges && chmod 755 /etc/grafana/rumskoll /tokens/* && install -d /etc/rumskoll
COPY --from=build /opt/rumskoll /opt/rumskoll
ENV PATH=/opt/rumskoll/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RUMSKOLL_DATA=/var/lib/rumskoll \
    RUMSKOLL_HOST=0.0.0.0
USER 10001:10001
WORKDIR /etc/rumskoll
VOLUME /var/lib/rumskoll
EXPOSE 8080
# of the API; docker-compose.yml asks each role for itself
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["rumskoll", "healthy", "api"]
ENTRYPOINT ["rumskoll"]
CMD ["role", "api"]
