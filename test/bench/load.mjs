// HTTP load from a process apart from the servers': raw sockets that each wait for their answer, requests ready-made, so
// that on two cores the server is what is measured.

import { connect } from 'node:net';
import { median, quantile, spread } from './measure.mjs';

const CONNECTIONS = 16;

/** One connection's life: a request, its answer, the next, until the time is over. `done` hears each latency in ms. */
function converse(url, make, until, done) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    let sent = 0;
    let wanted = 0;
    let have = 0;
    const next = () => {
      sent = performance.now();
      if (sent >= until) {
        socket.end();
        return resolve();
      }
      wanted = 0;
      have = 0;
      socket.write(make());
    };
    socket.once('connect', next);
    socket.once('error', reject);
    socket.on('data', (chunk) => {
      have += chunk.length;
      if (wanted === 0) {
        const text = chunk.subarray(0, 1024).latin1Slice();
        const head = text.indexOf('\r\n\r\n');
        const length = /\ncontent-length: (\d+)/i.exec(text)?.[1];
        if (head < 0 || !length || !/^HTTP\/1\.1 20[01]/.test(text)) return reject(new Error(text));
        wanted = head + 4 + Number(length);
      }
      if (have < wanted) return;
      done(performance.now() - sent);
      next();
    });
  });
}

/**
 * Requests answered a second in `ms`, the 99th percentile of their latency in ms, and the share of the time in which this
 * process was busy (near 1, the load would be what is measured). `makerOf(url)` gives a connection its maker of requests.
 */
async function load({ url }, makerOf, ms) {
  const latencies = [];
  const before = performance.eventLoopUtilization();
  const begun = performance.now();
  const done = (latency) => latencies.push(latency);
  const each = () => converse(url, makerOf(url), begun + ms, done);
  await Promise.all(Array.from({ length: CONNECTIONS }, each));
  const seconds = (performance.now() - begun) / 1000;
  const { utilization: busy } = performance.eventLoopUtilization(before);
  return { rate: latencies.length / seconds, p99: quantile(latencies, 0.99), busy };
}

/**
 * Loads two servers in turn, A B A B …, after a warm-up of each, in runs so short that both see the same machine. The
 * ratio is the median of the pairs' ratios, with their quartiles.
 */
export async function compareServers(ours, peer, makerOf, { runs, ms, warmup, what, ...about }) {
  await load(ours, makerOf, warmup);
  await load(peer, makerOf, warmup);
  const a = [];
  const b = [];
  for (let run = 0; run < runs; run += 1) {
    a.push(await load(ours, makerOf, ms));
    b.push(await load(peer, makerOf, ms));
  }
  const of = (all, field) => median(all.map((one) => one[field]));
  const busy = Math.round(100 * Math.max(of(a, 'busy'), of(b, 'busy')));
  return {
    what: `${what}, p99 ${of(a, 'p99').toFixed(1)} ms against ${of(b, 'p99').toFixed(1)} ms, load generator ${busy} % busy`,
    ...about,
    ours: of(a, 'rate'),
    peer: of(b, 'rate'),
    ...spread(a.map(({ rate }, run) => rate / b[run].rate)),
  };
}
