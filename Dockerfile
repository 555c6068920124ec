# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
RUN mvn -B -q dependency:go-offline
COPY conf conf
COPY src src
RUN mvn -B -q package -DskipTests

FROM eclipse-temurin:25-jre
# curl is for the healthcheck alone
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/tocsin --create-home tocsin \
 && install -d -o tocsin -m 700 /var/lib/tocsin/data /var/lib/tocsin/data/keys
COPY --from=build /build/target/tocsin.jar /opt/tocsin/tocsin.jar
USER tocsin
WORKDIR /var/lib/tocsin
ENV TOCSIN_DATA_DIR=/var/lib/tocsin/data TOCSIN_MANAGEMENT_HOST=0.0.0.0
VOLUME /var/lib/tocsin/data
# The site, the management port, and what only other nodes may reach
EXPOSE 8080 8081 5701 5702
# A stop drains: what is in flight is finished and settled
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD curl -fsS http://localhost:8081/health/ready || exit 1
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/tocsin/tocsin.jar"]
CMD ["serve"]
