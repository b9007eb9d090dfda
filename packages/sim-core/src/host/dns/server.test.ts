import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import { decode, encode, type Packet, streamDecode, streamEncode } from 'dns-packet';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCluster } from '../../index.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { answerPacket } from './answer-packet.ts';
import { startDnsServer } from './server.ts';
import type { DnsSource } from './zones.ts';

const MANIFESTS = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.96.7.7, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: alias }
spec: { type: ExternalName, externalName: web.default.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { type: ExternalName, externalName: www.example.com }
---
apiVersion: v1
kind: Service
metadata: { name: many }
spec: { clusterIP: None, ports: [{ name: http, port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: many-1, labels: { kubernetes.io/service-name: many } }
addressType: IPv4
ports: [{ name: http, port: 80 }]
endpoints:
${Array.from({ length: 90 }, (_, i) => `- { addresses: [10.244.9.${i + 1}] }`).join('\n')}
`;

const cluster = createCluster();
const source: DnsSource = { query: cluster.network.query, serial: () => cluster.client.revision };
const errors: unknown[] = [];
let port = 0;
let close = () => {};

beforeAll(async () => {
  const { documents } = decodeManifests('dns.yaml', MANIFESTS);
  expect(cluster.apply(documents).flatMap(({ problems }) => problems)).toEqual([]);
  const onError = (error: unknown) => void errors.push(error);
  ({ port, close } = await startDnsServer({ source, addresses: ['127.0.0.1', '::1'], port: 0, onError }));
});
afterAll(() => {
  close();
  expect(errors).toEqual([]);
});

type Question = { name: string; type?: string; class?: string };

function question({ name, type = 'A', class: questionClass = 'IN' }: Question, extra: Partial<Packet> = {}): Buffer {
  const questions = [{ name, type, class: questionClass }] as Packet['questions'];
  return encode({ type: 'query', id: 7, flags: 0x0100, questions, ...extra } as Packet);
}

function answer(asked: Question, extra: Partial<Packet> = {}, transport: 'udp' | 'tcp' = 'udp') {
  return decode(answerPacket(question(asked, extra), source, transport) as Buffer) as ReturnType<typeof decode> & {
    rcode: string;
  };
}

const WEB = 'web.default.svc.cluster.local';
const edns = (size: number, more: object = {}): Partial<Packet> => ({
  additionals: [
    { type: 'OPT', name: '.', udpPayloadSize: size, flags: 0, ednsVersion: 0, extendedRcode: 0, options: [], ...more },
  ] as never,
});

describe("node's resolver", () => {
  const resolver = () => {
    const made = new Resolver({ timeout: 2000, tries: 1 });
    made.setServers([`127.0.0.1:${port}`]);
    return made;
  };

  test('finds Services, aliases, ports, names of addresses', async () => {
    expect(await resolver().resolve4(WEB)).toEqual(['10.96.7.7']);
    expect(await resolver().resolve4('alias.default.svc.cluster.local')).toEqual(['10.96.7.7']);
    expect(await resolver().resolveCname('alias.default.svc.cluster.local')).toEqual([WEB]);
    expect(await resolver().resolveSrv(`_http._tcp.${WEB}`)).toEqual([
      { name: WEB, port: 80, priority: 0, weight: 100 },
    ]);
    expect(await resolver().reverse('10.96.7.7')).toEqual([WEB]);
    expect(await resolver().resolveTxt('dns-version.cluster.local')).toEqual([['1.1.0']]);
    expect((await resolver().resolveSoa('cluster.local')).nsname).toBe('ns.dns.cluster.local');
    expect(await resolver().resolveNs('cluster.local')).toEqual(['ns.dns.cluster.local']);
  });

  test('is told what is not there', async () => {
    await expect(resolver().resolve6(WEB)).rejects.toMatchObject({ code: 'ENODATA' });
    await expect(resolver().resolve4('no.default.svc.cluster.local')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(resolver().resolve4('www.example.com')).rejects.toMatchObject({ code: 'EREFUSED' });
  });

  test('asks again over TCP for what is too long', async () => {
    expect(await resolver().resolve4('many.default.svc.cluster.local')).toHaveLength(90);
  });
});

describe('answers', () => {
  test('keep the letters of the question', () => {
    const { questions, answers } = answer({ name: 'WeB.default.SVC.cluster.local' });
    expect(questions?.[0]?.name).toBe('WeB.default.SVC.cluster.local');
    expect(answers).toEqual([expect.objectContaining({ name: 'WeB.default.SVC.cluster.local', data: '10.96.7.7' })]);
  });

  test('are authoritative and echo RD; without answers the zone speaks for itself', () => {
    const { flag_aa, flag_rd, flag_ra, rcode, answers, authorities } = answer({ name: WEB, type: 'AAAA' });
    expect({ flag_aa, flag_rd, flag_ra, rcode, answers }).toEqual({
      flag_aa: true,
      flag_rd: true,
      flag_ra: false,
      rcode: 'NOERROR',
      answers: [],
    });
    expect(authorities).toMatchObject([{ type: 'SOA', name: 'cluster.local', ttl: 30, data: { minimum: 30 } }]);
    expect(answer({ name: `x.${WEB}` })).toMatchObject({ rcode: 'NXDOMAIN', authorities: [{ type: 'SOA' }] });
  });

  test.each(['ANY', 'MX', 'HTTPS', 'CAA'])('of the type %s: whether the name is there', (type) => {
    expect(answer({ name: WEB, type })).toMatchObject({ rcode: 'NOERROR', answers: [] });
    expect(answer({ name: 'no.default.svc.cluster.local', type }).rcode).toBe('NXDOMAIN');
  });

  test('about other zones are refused, and nothing is asked elsewhere', () => {
    for (const name of ['www.example.com', '.', 'local', 'notcluster.local', 'localhost']) {
      expect(answer({ name })).toMatchObject({ rcode: 'REFUSED', answers: [], flag_aa: false });
    }
    expect(answer({ name: 'outside.default.svc.cluster.local' }).answers).toMatchObject([
      { type: 'CNAME', data: 'www.example.com' },
    ]);
    expect(answer({ name: '1.2.3.4.in-addr.arpa', type: 'PTR' }).rcode).toBe('NXDOMAIN');
    expect(answer({ name: '1.0.0.0.ip6.arpa', type: 'PTR' }).rcode).toBe('NXDOMAIN');
  });

  test('to other classes and transfers are refused', () => {
    expect(answer({ name: 'version.bind', type: 'TXT', class: 'CH' }).rcode).toBe('REFUSED');
    expect(answer({ name: 'cluster.local', type: 'AXFR' }).rcode).toBe('REFUSED');
  });

  test('that are too long are cut off over UDP, unless EDNS gives them room', () => {
    const many = { name: 'many.default.svc.cluster.local' };
    const short = answer(many);
    expect(short.flag_tc).toBe(true);
    expect(short.answers?.length).toBeGreaterThan(0);
    expect((answerPacket(question(many), source, 'udp') as Buffer).length).toBeLessThanOrEqual(512);
    expect((answerPacket(question(many, edns(1232)), source, 'udp') as Buffer).length).toBeLessThanOrEqual(1232);
    expect(answer(many, {}, 'tcp')).toMatchObject({ flag_tc: false, answers: { length: 90 } });
    const wide = { name: '_http._tcp.many.default.svc.cluster.local', type: 'SRV' };
    expect(answer(wide, {}, 'tcp')).toMatchObject({ answers: { length: 90 }, additionals: { length: 90 } });
  });

  test('have EDNS where the question has, and refuse its other versions', () => {
    expect(answer({ name: WEB }).additionals).toEqual([]);
    expect(answer({ name: WEB }, edns(4096)).additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }]);
    expect(answer({ name: WEB }, edns(4096, { ednsVersion: 1 }))).toMatchObject({
      answers: [],
      additionals: [{ type: 'OPT', extendedRcode: 1 }],
    });
  });
});

describe('what is no question', () => {
  const flagsOf = (packet: Buffer | undefined) => packet?.readUInt16BE(2);

  test('gets no answer, or a bare refusal', () => {
    expect(answerPacket(Buffer.alloc(11), source, 'udp')).toBeUndefined();
    const response = question({ name: WEB });
    response.writeUInt16BE(0x8100, 2);
    expect(answerPacket(response, source, 'udp')).toBeUndefined();
    const update = question({ name: WEB });
    update.writeUInt16BE(5 << 11, 2);
    expect(flagsOf(answerPacket(update, source, 'udp'))).toBe(0x8000 | (5 << 11) | 4);
    expect(flagsOf(answerPacket(question({ name: WEB }).subarray(0, 20), source, 'udp'))).toBe(0x8101);
    const two = question({ name: WEB });
    two.writeUInt16BE(2, 4);
    expect(flagsOf(answerPacket(two, source, 'udp'))).toBe(0x8101);
  });

  test('of any bytes never throws, and what answers is well-formed', () => {
    const whole = fc.uint8Array({ maxLength: 300 });
    const body = fc.tuple(fc.uint8Array({ maxLength: 120 }), fc.nat(2), fc.nat(2)).map(([bytes, answers, extra]) => {
      const header = Buffer.from([0, 1, 1, 0, 0, 1, 0, answers, 0, 0, 0, extra]);
      return Buffer.concat([header, bytes]);
    });
    const mutated = fc.tuple(fc.nat(40), fc.nat(255)).map(([at, byte]) => {
      const packet = question({ name: WEB }, edns(1232));
      packet[at] = byte;
      return packet;
    });
    fc.assert(
      fc.property(fc.oneof(whole, body, mutated), (bytes) => {
        const reply = answerPacket(Buffer.from(bytes), source, 'udp');
        if (reply === undefined) return;
        expect(reply.length).toBeGreaterThanOrEqual(12);
        expect(reply.readUInt16BE(2) & 0x8000).toBe(0x8000);
        expect(reply.readUInt16BE(0)).toBe(Buffer.from(bytes).readUInt16BE(0));
        decode(reply);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('over sockets', () => {
  test('several questions of one TCP connection are answered, in pieces too', async () => {
    const socket = connect(port, '127.0.0.1');
    const both = Buffer.concat([
      streamEncode({ type: 'query', id: 1, questions: [{ type: 'A', name: WEB }] }),
      streamEncode({ type: 'query', id: 2, questions: [{ type: 'A', name: 'www.example.com' }] }),
    ]);
    socket.write(both.subarray(0, 5));
    setImmediate(() => socket.end(both.subarray(5)));
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const first = bytes.readUInt16BE(0) + 2;
    expect(streamDecode(bytes.subarray(0, first)).id).toBe(1);
    expect(streamDecode(bytes.subarray(first)).id).toBe(2);
  });

  test('garbage over UDP stops nothing', async () => {
    const socket = createSocket('udp4');
    for (const bytes of [Buffer.alloc(0), Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.alloc(2000, 0xff)]) {
      socket.send(bytes, port, '127.0.0.1');
    }
    const replied = new Promise<Buffer>((resolve) =>
      socket.on('message', (packet) => packet[1] === 7 && resolve(packet)),
    );
    socket.send(question({ name: WEB }), port, '127.0.0.1');
    expect(decode(await replied).answers).toHaveLength(1);
    socket.close();
  });
});
