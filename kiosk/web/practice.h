// A kiosk without devices in a browser's page: the trial's host behind a few functions of C, texts as UTF-8
// and JSON. One kiosk a module; the page's thread. The page draws by its own presenter (practice.html), or by
// the kiosk's (canvas.cc, kiosk.html).
#pragma once

#include "kiosk/trial/trial_host.h"

namespace machi::kiosk {

// The one kiosk; nullptr before kiosk_open.
TrialHost* practice();
// A sentence of the catalogue in the language of the screen, plain.
std::string practice_word(std::string_view key);

}  // namespace machi::kiosk

extern "C" {
// place: what stands above every screen. seed: 32 bytes of the page's randomness, zeroed. 0, or 1 when the
// library of cryptography does not start.
int kiosk_open(const char* place, std::uint8_t* seed);
// core/screen's Action as JSON. 0, or 1 when it is none.
int kiosk_act(const char* action);
// Takes what has happened. 1 when the screen has changed.
int kiosk_turn();
// Milliseconds until kiosk_turn has something to do; -1: nothing waits for the clock.
int kiosk_wait();
// The screen as JSON; valid until the next call.
const char* kiosk_view();
// How the visitor wants it: 1 large, 2 low, 4 contrast, 8 voice; 16: nothing of a visitor is held.
int kiosk_manner();
// A dock's line (kiosk/trial/trial_host.h). 1 when it is none.
int kiosk_command(const char* line);
// {"card", "network", "fault", "sheets", "terminal"}
const char* kiosk_played();
// The next thing to say as JSON {"text", "language"}, an empty text means silence; 0: nothing new.
const char* kiosk_speech();
// A sentence by its key, in the language of the screen, as core/words marks it.
const char* kiosk_word(const char* key);
// The catalogue that is waited for (BCP 47); 0: none. kiosk_words brings it; empty: it cannot be had.
const char* kiosk_wanted();
void kiosk_words(const char* language, const std::uint8_t* bytes, int size);
}
