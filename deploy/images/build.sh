#!/bin/sh
# Builds the images of the five processes from the jars of `mvn package`. JRE=… takes another base image, TAG=… another tag.
set -eu
cd "$(dirname "$0")/../.."
for module in prompt-service render-worker asset-service review-service model-endpoint; do
  docker build -f deploy/images/Dockerfile \
    --build-arg JRE="${JRE:-eclipse-temurin:25-jre}" \
    --build-arg MODULE="$module" \
    -t "dailies/$module:${TAG:-latest}" .
done
