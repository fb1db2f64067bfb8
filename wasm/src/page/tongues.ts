// The page's own words in the language of the screen: asked for once it is shown, drawn again when they have come.
import { kFiles } from '../built';
import { kept_words } from '../kept';
import { type Entries, has_words, take_words, tongue_of } from '../presenter/words';

const asked = new Set<string>();

/** Calls `then` when there are words that were not there before. */
export function want_words(language: string, then: () => void) {
  const tag = tongue_of(language);
  if (has_words(tag) || asked.has(tag)) return;
  asked.add(tag);
  void kept_words(kFiles.page_words[tag]).then(async (answer) => {
    if (!answer) return void asked.delete(tag);
    take_words(tag, await answer.json() as Entries);
    then();
  }).catch(() => asked.delete(tag));
}
