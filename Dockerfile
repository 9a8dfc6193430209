# The service without Neo4j; docker-compose.yml puts both together.
FROM python:3.11-slim AS build
COPY requirements/runtime.lock /requirements.lock
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r /requirements.lock

FROM node:22-slim AS page
WORKDIR /app/explorer
COPY explorer/package.json explorer/package-lock.json explorer/.npmrc ./
RUN npm ci --omit=dev
COPY cypher/read ../cypher/read
COPY explorer .
RUN npm run build

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home rainmaker \
    && mkdir /state \
    && chown rainmaker /state
COPY --from=build /venv /venv
WORKDIR /app
COPY service ./service
COPY cypher ./cypher
COPY data ./data
COPY --from=page /app/explorer/dist ./explorer/dist
# compiled kernels are cached in the state, which outlives the container
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 NUMBA_CACHE_DIR=/state/numba RAINMAKER_STATE=/state RAINMAKER_AUTH=keys
RUN printf '#!/bin/sh\nexec python -m service "$@"\n' > /usr/local/bin/rainmaker && chmod +x /usr/local/bin/rainmaker
USER rainmaker
VOLUME /state
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=5s --start-period=5m --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["python", "-m", "service"]
CMD ["up", "--host", "0.0.0.0"]
