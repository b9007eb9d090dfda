import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type OptAnswer, RECURSION_DESIRED } from 'dns-packet';
import { type DnsReply, type DnsSource, reply } from './zones.ts';

/** How a question came: over UDP an answer has its bounds. */
export type Transport = 'udp' | 'tcp';

const HEADER = 12;
/** RCODE (RFC 1035, 4.1.1). */
const RCODE = Object.freeze({ NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 });
const RESPONSE = 0x8000;
const TRUNCATED = 0x0200;
const OPCODE = 0x7800;
/** Bytes of a UDP answer without EDNS, and at most. */
const UDP_SIZE = 512;
const UDP_MOST = 4096;
/** What we take ourselves (the size of the DNS flag day 2020). */
const OWN_SIZE = 1232;

/**
 * The answer to a packet; undefined for what deserves none: less than a header, or an answer itself. What is refused for
 * its form is refused as the library below CoreDNS does it (miekg/dns acceptfunc.go).
 */
export function answerPacket(packet: Buffer, source: DnsSource, transport: Transport): Buffer | undefined {
  if (packet.length < HEADER || (packet.readUInt16BE(2) & RESPONSE) !== 0) return undefined;
  if ((packet.readUInt16BE(2) & OPCODE) !== 0) return bare(packet, 'NOTIMP');
  const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map((offset) => packet.readUInt16BE(offset));
  const formed = questions === 1 && (answers ?? 0) <= 1 && (authorities ?? 0) <= 1 && (additionals ?? 0) <= 2;
  const end = questionEnd(packet);
  if (!formed || end === undefined) return bare(packet, 'FORMERR');
  const asked = decoded(packet);
  if (asked === undefined) return bare(packet, 'FORMERR');
  try {
    return answerQuestion({ packet, end, ...asked }, source, transport);
  } catch {
    return bare(packet, 'SERVFAIL');
  }
}

/** A question and where it stands: it goes back byte by byte, so that its letters stay as they were. */
interface Asked {
  readonly packet: Buffer;
  readonly end: number;
  readonly name: string;
  readonly type: string;
  readonly questionClass: string;
  readonly edns: OptAnswer | undefined;
}

function decoded(packet: Buffer): Pick<Asked, 'name' | 'type' | 'questionClass' | 'edns'> | undefined {
  try {
    const { questions = [], additionals = [] } = decode(packet);
    const [question] = questions;
    if (question === undefined) return undefined;
    const { name, type, class: questionClass = 'IN' } = question;
    return { name, type, questionClass, edns: additionals.find((each): each is OptAnswer => each.type === 'OPT') };
  } catch {
    return undefined;
  }
}

function answerQuestion(asked: Asked, source: DnsSource, transport: Transport): Buffer {
  const { edns, name, type, questionClass } = asked;
  if (edns !== undefined && edns.ednsVersion !== 0) return encoded(asked, NOTHING, [optOf(edns, 1)], 0);
  // There is no plugin chaos in kubeadm's Corefile, and nothing to transfer.
  const refused = questionClass !== 'IN' || type === 'AXFR' || type === 'IXFR';
  const said = refused ? { ...NOTHING, rcode: 'REFUSED' as const } : reply(source, name, type);
  const options = edns === undefined ? [] : [optOf(edns, 0)];
  return fitted(asked, said, options, transport);
}

const NOTHING: DnsReply = Object.freeze({
  rcode: 'NOERROR',
  authoritative: false,
  answers: [],
  authorities: [],
  additionals: [],
});

function optOf({ flag_do }: OptAnswer, extendedRcode: number): OptAnswer {
  const flags = flag_do ? 0x8000 : 0;
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: OWN_SIZE,
    extendedRcode,
    ednsVersion: 0,
    flags,
    flag_do,
    options: [],
  };
}

/** Leaves out additional records first, then answers; a client that sees TC asks again over TCP. */
function fitted(asked: Asked, said: DnsReply, options: OptAnswer[], transport: Transport): Buffer {
  const whole = encoded(asked, said, options, 0);
  const most = transport === 'tcp' ? 0xffff : Math.min(Math.max(asked.edns?.udpPayloadSize ?? 0, UDP_SIZE), UDP_MOST);
  if (whole.length <= most) return whole;
  const less = { ...said, additionals: [] };
  const short = encoded(asked, less, options, 0);
  if (short.length <= most) return short;
  let [low, high] = [0, said.answers.length];
  const cut = (count: number) => encoded(asked, { ...less, answers: said.answers.slice(0, count) }, options, TRUNCATED);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (cut(middle).length <= most) low = middle;
    else high = middle;
  }
  return cut(low);
}

function encoded(asked: Asked, said: DnsReply, options: OptAnswer[], flags: number): Buffer {
  const { packet, end } = asked;
  const recursion = packet.readUInt16BE(2) & RECURSION_DESIRED;
  const sections = encode({
    type: 'response',
    id: packet.readUInt16BE(0),
    flags: recursion | flags | (said.authoritative ? AUTHORITATIVE_ANSWER : 0) | RCODE[said.rcode],
    answers: [...said.answers] as Answer[],
    authorities: [...said.authorities] as Answer[],
    additionals: [...said.additionals, ...options] as Answer[],
  });
  sections.writeUInt16BE(1, 4);
  return Buffer.concat([sections.subarray(0, HEADER), packet.subarray(HEADER, end), sections.subarray(HEADER)]);
}

/** Only a header: the question cannot be read, or is of no kind that is known. */
function bare(packet: Buffer, rcode: keyof typeof RCODE): Buffer {
  const header = Buffer.alloc(HEADER);
  packet.copy(header, 0, 0, 2);
  header.writeUInt16BE(RESPONSE | (packet.readUInt16BE(2) & (OPCODE | RECURSION_DESIRED)) | RCODE[rcode], 2);
  return header;
}

/** Where the only question ends; undefined when it is none. Its name comes first, so nothing can be pointed to. */
function questionEnd(packet: Buffer): number | undefined {
  let offset = HEADER;
  for (;;) {
    const length = packet[offset];
    if (length === undefined || length > 63) return undefined;
    offset += length + 1;
    if (length === 0) break;
  }
  const end = offset + 4;
  return end <= packet.length && offset - HEADER <= 255 ? end : undefined;
}
