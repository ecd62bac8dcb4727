FROM python:3.12-slim

WORKDIR /opt/skilltrail
COPY . .
RUN pip install --no-cache-dir -c constraints.txt . \
    && useradd --create-home --uid 10001 skilltrail

USER skilltrail
WORKDIR /home/skilltrail
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/health', timeout=4)"]
CMD ["skilltrail", "serve", "--host", "0.0.0.0", "--port", "8501"]
