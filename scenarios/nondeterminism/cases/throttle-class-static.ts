import { activities, sleep, workflow } from 'crashwise/engine';
import type { FuzzPlan } from 'crashwise/determinism';
import fc from 'fast-check';
import type { ZooCase } from '../zoo-case.js';

export const about: ZooCase = {
  source: 'module state',
  blame: 'module state',
  use: 'a static member of a class, as the duration of a timer',
  guard: 'unseen',
};

const { sendText } = activities<{ sendText: (phone: string, text: string) => void }>();

class TextSender {
  static sent = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  async send(phone: string): Promise<void> {
    await sleep((TextSender.sent % 5) * 200); // <- blame
    TextSender.sent += 1;
    await sendText(phone, this.text);
  }
}

export const wrong = workflow('throttle-class-static', async (phones: readonly string[]) => {
  const sender = new TextSender('Your parcel is here.');
  for (const phone of phones) await sender.send(phone);
  return phones.length;
});

export const repaired = workflow('throttle-class-static-repaired', async (phones: readonly string[]) => {
  for (const [sent, phone] of phones.entries()) {
    await sleep((sent % 5) * 200);
    await sendText(phone, 'Your parcel is here.');
  }
  return phones.length;
});

export const fuzz: FuzzPlan = {
  input: fc.array(fc.constantFrom('+3212', '+4930', '+4420'), { minLength: 1, maxLength: 3 }),
  results: { sendText: null },
};
