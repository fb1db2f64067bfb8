// The kiosk's voice in a browser: speechSynthesis. What is said anew ends what was being said.
export const voice = { volume: 1, speed: 1 };

export function speak(text: string, language: string) {
  if (!('speechSynthesis' in window)) return;
  speechSynthesis.cancel();
  if (!text) return;
  const saying = new SpeechSynthesisUtterance(text);
  saying.lang = language.startsWith('ja') ? 'ja' : language;
  saying.volume = voice.volume;
  saying.rate = voice.speed;
  speechSynthesis.speak(saying);
}
