import { connect, type Socket } from "node:net";
import { ask } from "../exporter/http-request.ts";

/** What attacks. */
export interface Attackers {
  /** Connections in all that ask for metrics without credentials. */
  readonly connections: number;
  /** Of those, how many there are at the same time. */
  readonly atOnce: number;
  /** Sockets that send a request one byte a second, and come again as soon as they are closed. */
  readonly slowSockets: number;
  /** Addresses from which passwords are guessed. */
  readonly guessers: readonly string[];
}

/** A running attack. */
export interface Attack {
  /** Resolves once every connection has had its response or its end. */
  readonly flooded: Promise<void>;
  /** Ends the slow sockets and the guessers, and gives how many passwords they have tried. */
  readonly stop: () => Promise<number>;
}

const DRIP_MILLISECONDS = 1000;
const RETURN_MILLISECONDS = 100;

/** Attacks a server of metrics at its address. */
export function startAttack(url: string, attackers: Attackers): Attack {
  const port = Number(new URL(url).port);
  const slow = new Set<Socket>();
  let attacking = true;

  const hang = (): void => {
    const socket = connect(port, "127.0.0.1", () => socket.write("GET /metr"));
    const drip = setInterval(() => socket.write("i"), DRIP_MILLISECONDS);
    slow.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      clearInterval(drip);
      slow.delete(socket);
      if (attacking) setTimeout(hang, RETURN_MILLISECONDS);
    });
  };

  const guess = async (localAddress: string): Promise<number> => {
    let count = 0;
    for (; attacking; count += 1) {
      const headers = { authorization: `Bearer guess-${count}` };
      await ask(url, { localAddress, headers }).catch(() => {});
    }
    return count;
  };

  let left = attackers.connections;
  const flood = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await ask(url).catch(() => {});
    }
  };

  for (let count = 0; count < attackers.slowSockets; count += 1) hang();
  const guessing = Promise.all(attackers.guessers.map(guess));
  const flooding = Promise.all(Array.from({ length: attackers.atOnce }, flood));
  return {
    flooded: flooding.then(() => {}),
    async stop() {
      attacking = false;
      for (const socket of slow) socket.destroy();
      return (await guessing).reduce((sum, count) => sum + count, 0);
    },
  };
}
