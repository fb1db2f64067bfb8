// Work to device and back.
#include "platform/kiosk/devices.h"

#include <chrono>
#include <thread>

#include "core/certificate/card/my_number_card.h"
#include "core/certificate/kiosk/receipt.h"
#include "core/crypto/sodium.h"
#include "platform/host/card_certificate.h"

namespace machi::kiosk {
namespace {

using namespace certificate::kiosk;
using certificate::card::Trouble;

constexpr std::chrono::milliseconds kBetweenLooks(150);  // at a job that is being printed

template <class... F>
struct Overload : F... {
  using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

CardTrouble trouble_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::None:
      return CardTrouble::None;
    case Trouble::NotMyNumber:
      return CardTrouble::NotMyNumber;
    case Trouble::WrongPin:
      return CardTrouble::WrongPin;
    case Trouble::LastTry:
      return CardTrouble::LastTry;
    case Trouble::Locked:
      return CardTrouble::Locked;
    case Trouble::Gone:
    case Trouble::Unreadable:
      return CardTrouble::Unreadable;
  }
  return CardTrouble::Unreadable;
}

Cause cause_of(const host::PrinterSeen& seen) {
  if (!seen.answers) return Cause::Offline;
  if (seen.troubles.empty()) return Cause::None;
  switch (seen.troubles.front()) {
    case host::PrinterTrouble::PaperOut:
      return Cause::PaperOut;
    case host::PrinterTrouble::Jam:
      return Cause::Jam;
    case host::PrinterTrouble::CoverOpen:
      return Cause::Cover;
    case host::PrinterTrouble::TonerOut:
      return Cause::Toner;
    case host::PrinterTrouble::TrayMissing:
    case host::PrinterTrouble::OutputFull:
      return Cause::Tray;
    case host::PrinterTrouble::Paused:
    case host::PrinterTrouble::Other:
      return Cause::Offline;
  }
  return Cause::Offline;
}

}  // namespace

std::string_view name_of(const Work& work) {
  return std::visit(
      Overload{[](const work::Write&) { return "write"; }, [](const work::Challenge&) { return "challenge"; },
               [](const work::Identify&) { return "identify"; }, [](const work::Ask&) { return "ask"; },
               [](const work::LookAtPrinter&) { return "look"; },
               [](const work::Charge&) { return "charge"; }, [](const work::Settle&) { return "settle"; },
               [](const work::Refund&) { return "refund"; }, [](const work::Print&) { return "print"; },
               [](const work::Watch&) { return "watch"; }, [](const work::ClearPrinter&) { return "clear"; },
               [](const work::TellClerk&) { return "tell"; }, [](const work::Receipt&) { return "receipt"; },
               [](const work::Slip&) { return "slip"; }},
      work);
}

Done Devices::perform(const Work& work) {
  if (watch) watch(name_of(work), false);
  Done done = carry_out(work);
  if (watch) watch(name_of(work), true);
  return done;
}

Done Devices::carry_out(const Work& work) {
  return std::visit(
      Overload{
          [&](const work::Write& it) -> Done {
            const bool written = JournalStore(ports_.journal).append(it.record).ok();
            if (it.record.mark == Mark::Ended) ports_.clerk.forget();
            return {answer::Written{written}};
          },
          [&](const work::Challenge& it) -> Done {
            const auto nonce = ports_.clerk.challenge(it.session);
            return {answer::Challenged{nonce}, nonce ? Cause::None : Cause::Silent};
          },
          [&](const work::Identify& it) -> Done { return identify(it); },
          [&](const work::Ask& it) -> Done {
            auto offered = ports_.clerk.ask(it);
            return {answer::Offered{std::move(offered.offer)}, offered.cause};
          },
          [&](const work::LookAtPrinter&) -> Done {
            const host::PrinterSeen seen = ports_.printer.look();
            return {answer::PrinterSeen{seen.ready, seen.queue_empty, true, seen.counter}, cause_of(seen)};
          },
          [&](const work::Charge& it) -> Done {
            const Known known = ports_.terminal.charge(it.ref, it.amount);
            return {answer::Done{known, ports_.terminal.means()}};
          },
          [&](const work::Settle& it) -> Done {
            const Known known = ports_.terminal.settle(it.ref);
            return {answer::Done{known, ports_.terminal.means()}};
          },
          [&](const work::Refund& it) -> Done {
            return {answer::Done{ports_.terminal.refund(it.ref, it.of, it.amount), Means::Unknown}};
          },
          [&](const work::Print& it) -> Done {
            const Known known = ports_.printer.print({it.ref, it.paper->document, it.paper->copies});
            return {answer::Done{known, Means::Unknown}, known == Known::Yes ? Cause::None : printer_cause()};
          },
          [&](const work::Watch& it) -> Done {
            std::this_thread::sleep_for(kBetweenLooks);
            const host::JobSeen seen = ports_.printer.watch(it.ref);
            const bool fine = seen.state == JobState::Working || seen.state == JobState::Completed;
            return {answer::Watched{seen.state}, fine ? Cause::None : printer_cause(), seen.sheets};
          },
          [&](const work::ClearPrinter&) -> Done { return {answer::Finished{ports_.printer.clear()}}; },
          [&](const work::TellClerk& it) -> Done {
            const bool told = ports_.clerk.tell(it.outcome);
            return {answer::Finished{told}, told ? Cause::None : Cause::Silent};
          },
          [&](const work::Receipt& it) -> Done {
            return {
                answer::Finished{ports_.receipts.print(receipt_lines(it, ports_.place, ports_.now())).ok()}};
          },
          [&](const work::Slip& it) -> Done {
            return {answer::Finished{ports_.receipts.print(slip_lines(it, ports_.place, ports_.now())).ok()}};
          }},
      work);
}

Done Devices::identify(const work::Identify& it) {
  const certificate::card::Transmit link = [this](base::ByteView command) {
    return ports_.card.transmit(command);
  };
  const auto reading = certificate::card::read(link, it.pin->digits, it.nonce);
  answer::Identified out;
  out.trouble = trouble_of(reading.trouble);
  out.tries = reading.tries;
  if (out.trouble != CardTrouble::None) return {std::move(out)};
  const auto proof = certificate::clerk::proof_of(reading);
  const auto until = host::certificate_end(reading.certificate);
  if (!proof.ok() || !until.ok()) {
    out.trouble = CardTrouble::Unreadable;
  } else if (*until < ports_.now()) {
    out.trouble = CardTrouble::Expired;
  } else {
    out.holder = {reading.items.name, *reading.items.birth};
    out.proof = certificate::clerk::encode_proof(*proof);
  }
  return {std::move(out)};
}

Devices::CardMet Devices::meet_card() {
  CardMet out;
  out.seen = ports_.card.look();
  if (out.seen == host::CardSeen::Mute) out.trouble = CardTrouble::NotMyNumber;
  if (out.seen != host::CardSeen::Card) return out;
  if (const auto met = ports_.card.connect(); !met.ok()) {
    out.trouble = CardTrouble::Unreadable;
    return out;
  }
  const auto reading =
      certificate::card::look([this](base::ByteView command) { return ports_.card.transmit(command); });
  out.trouble = trouble_of(reading.trouble);
  out.tries = reading.tries;
  return out;
}

void Devices::let_card_go() { ports_.card.disconnect(); }

Cause Devices::printer_cause() {
  const Cause cause = cause_of(ports_.printer.look());
  return cause == Cause::None ? Cause::Offline : cause;
}

}  // namespace machi::kiosk
