# docker build -t digits . && docker run --read-only --tmpfs /tmp -p 7860:7860 digits
FROM python:3.11-slim AS build
RUN python -m venv /venv
COPY requirements-serve.lock .
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements-serve.lock

FROM python:3.11-slim
RUN useradd --uid 1000 --no-create-home reader
COPY --from=build /venv /venv
WORKDIR /app
COPY app.py ./
COPY mnist_model mnist_model
COPY demo demo
COPY assets assets
ENV PATH=/venv/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    GRADIO_SERVER_NAME=0.0.0.0 \
    GRADIO_SERVER_PORT=7860
USER 1000
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['GRADIO_SERVER_PORT'] + '/healthz', timeout=8)"]
CMD ["python", "app.py", "--log"]
