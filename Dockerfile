# The program of cmd/lokalise as an image that runs a sandbox:
#
#   docker build -t lokalise-sandbox .
#   docker run --rm -p 127.0.0.1:8484:8484 lokalise-sandbox
#
# docs/guides/other-languages.md says how to use it from other containers.

FROM golang:1.26 AS build
WORKDIR /src
# All of it: the modules of the workspace replace each other by the checkout.
COPY . .
# Without cgo the program is static; its SQLite is written in Go.
ENV CGO_ENABLED=0
RUN go build -trimpath -buildvcs=false -ldflags="-s -w" -o /out/lokalise ./cmd/lokalise \
	&& mkdir /out/data

# Certificates for webhooks over https, a /tmp and a user, and nothing else.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/lokalise /lokalise
COPY --from=build --chown=nonroot:nonroot /out/data /data
USER nonroot
VOLUME /data
EXPOSE 8484
# There is no shell here: the program asks itself.
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --retries=3 \
	CMD ["/lokalise", "sandbox", "health"]
ENTRYPOINT ["/lokalise"]
# The other containers call it "lokalise"; through a published port it is
# localhost, which needs no permission. Give the command anew for another name.
CMD ["sandbox", "--addr", "0.0.0.0:8484", "--allow-host", "lokalise", "--data", "/data/sandbox.db"]
