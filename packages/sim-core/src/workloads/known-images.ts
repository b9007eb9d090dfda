import { type ImageReference, imageName } from './image-reference.ts';
import type { Program } from './program.ts';

/** Official images of Docker Hub that people use and mistype, beside those that a program of ours stands for. */
const OFFICIAL_IMAGES: readonly string[] = Object.freeze(
  (
    'adminer almalinux amazoncorretto amazonlinux archlinux arangodb bonita caddy cassandra centos clojure composer ' +
    'consul couchbase couchdb crate dart docker drupal eclipse-mosquitto eclipse-temurin elasticsearch elixir erlang ' +
    'flink fluentd gcc geonetwork ghost golang gradle groovy haproxy haskell hello-world hylang influxdb ibmjava ' +
    'jetty joomla jruby julia kapacitor kibana kong liquibase logstash lightstreamer matomo maven mediawiki ' +
    'mongo-express monica nats neo4j nextcloud node odoo openjdk oraclelinux percona perl php phpmyadmin postfixadmin ' +
    'pypy python r-base rakudo-star redmine registry rethinkdb rocket.chat rockylinux ros ruby rust sapmachine ' +
    'satosa scratch silverpeas solr sonarqube spark spiped storm swift swipl telegraf tomcat tomee traefik unit varnish ' +
    'vault wordpress xwiki yourls zookeeper'
  )
    .split(' ')
    .map((name) => `docker.io/library/${name}`),
);

/** Names (`registry/repository`) of all images that exist for certain. */
export function knownImageNames(programs: readonly Program[]): ReadonlySet<string> {
  const ofPrograms = programs.flatMap(({ images }) => images).map((pattern) => pattern.replace(/^\*\//, 'docker.io/'));
  return new Set([...ofPrograms.filter((name) => !name.includes('*')), ...OFFICIAL_IMAGES]);
}

/** The known image that this name misses by one edit (`ngnix`); undefined for known names and for strange ones. */
export function misspelledImage(image: ImageReference, known: ReadonlySet<string>): string | undefined {
  const name = imageName(image);
  if (known.has(name)) return undefined;
  for (const candidate of known) if (isOneEditAway(name, candidate)) return candidate;
  return undefined;
}

/** One letter more, less or other, or two neighbours swapped. */
export function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const restA = a.slice(start);
  const restB = b.slice(start);
  if (restA === restB) return false;
  if (a.length !== b.length) return a.length > b.length ? restA.slice(1) === restB : restA === restB.slice(1);
  const swapped = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return swapped || restA.slice(1) === restB.slice(1);
}
