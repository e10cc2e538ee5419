# Debian's and PyPI's packages only.
FROM debian:bookworm-slim

RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        ca-certificates chromium-headless-shell fonts-liberation fonts-noto-color-emoji libatomic1 \
        python3 python3-venv tini \
    && rm -rf /var/lib/apt/lists/*

RUN python3 -m venv /opt/linkedin-executor
ENV PATH=/opt/linkedin-executor/bin:$PATH

WORKDIR /src
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY storage storage
COPY executor executor
COPY api api
RUN pip install --no-cache-dir --no-deps . && rm -rf /src/*

RUN useradd --create-home --uid 10001 executor \
    && install --directory --owner executor --group executor --mode 0700 /data
USER executor
WORKDIR /home/executor
VOLUME /data

# Inside, the container is the boundary: Chromium's own sandbox needs kernel rights that container
# engines withhold, and the only pages opened are LinkedIn's. Published ports decide who reaches it.
ENV LINKEDIN_EXECUTOR_DATA_DIR=/data \
    LINKEDIN_EXECUTOR_HOST=0.0.0.0 \
    LINKEDIN_EXECUTOR_BROWSER_SANDBOX=false

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD \
    ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]

# An init, because Chromium leaves children behind that somebody has to reap.
ENTRYPOINT ["tini", "--", "linkedin-executor"]
CMD ["serve"]
