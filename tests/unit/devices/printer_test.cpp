// The printer's contract, by IPP against ippeveprinter as a process of its own, with paper that runs out,
// jams, open covers, empty toner, and a power cut.
#include <algorithm>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "platform/host/printer/ipp_printer.h"
#include "tests/unit/devices/printer_service.h"

namespace machi::devices::test {
namespace {

using certificate::kiosk::JobState;
using certificate::kiosk::Known;
using certificate::kiosk::Ref;
using host::IppPrinter;
using host::PrinterTrouble;

class Printer : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(crypto::ready()); }
  Ref ref() { return random_.id<certificate::kiosk::RefTag>(); }
  JobState ended(const Ref& job) {
    JobState state = JobState::Working;
    soon([&] {
      pause(50);
      state = printer.watch(job).state;
      return state != JobState::Working;
    });
    return state;
  }
  PrinterService service;
  IppPrinter printer{{service.uri(), "iso_a4_210x297mm", "", 5, 4}};
  crypto::Drbg random_ = crypto::Drbg::of_number(3);
  base::Bytes document = base::copy(base::view("%PDF-1.4\nas the clerk set it\n%%EOF\n"));
};

TEST_F(Printer, PrintsTheBytesThatItWasGivenAsOftenAsAsked) {
  const auto before = printer.look();
  ASSERT_TRUE(before.answers && before.ready && before.queue_empty) << service.log();
  const Ref job = ref();
  ASSERT_EQ(Known::Yes, printer.print({job, document, 3}));
  EXPECT_EQ(JobState::Completed, ended(job));
  EXPECT_EQ(3, printer.watch(job).sheets);
  const auto tray = service.tray();
  ASSERT_EQ(3u, tray.size());
  for (const auto& [name, bytes] : tray) {
    EXPECT_EQ(job.hex(), name);
    EXPECT_EQ(document, bytes);
  }
  EXPECT_TRUE(printer.look().queue_empty);
}

TEST_F(Printer, IsFoundAgainByOurNameFromAnotherProcess) {
  const Ref job = ref();
  ASSERT_EQ(Known::Yes, printer.print({job, document, 1}));
  IppPrinter after_a_crash{{service.uri(), "iso_a4_210x297mm", "", 5, 4}};
  EXPECT_NE(JobState::NotFound, after_a_crash.watch(job).state);
  EXPECT_EQ(JobState::NotFound, after_a_crash.watch(ref()).state);
  EXPECT_EQ(JobState::Completed, ended(job));
  EXPECT_EQ(JobState::Completed, after_a_crash.watch(job).state);
}

TEST_F(Printer, SaysWhatHindersIt) {
  const std::vector<std::pair<std::string, PrinterTrouble>> faults = {
      {"media-empty", PrinterTrouble::PaperOut},
      {"media-jam", PrinterTrouble::Jam},
      {"cover-open", PrinterTrouble::CoverOpen},
      {"toner-empty", PrinterTrouble::TonerOut},
      {"input-tray-missing", PrinterTrouble::TrayMissing}};
  for (const auto& [word, trouble] : faults) {
    PrinterService one;
    IppPrinter its{{one.uri(), "iso_a4_210x297mm", "", 5, 4}};
    one.fault(word);
    const Ref job = ref();
    ASSERT_EQ(Known::Yes, its.print({job, document, 1}));
    EXPECT_TRUE(soon([&] { return its.watch(job).state == JobState::Stopped; })) << word;
    const auto seen = its.look();
    EXPECT_FALSE(seen.ready) << word;
    EXPECT_EQ(1, std::count(seen.troubles.begin(), seen.troubles.end(), trouble)) << word;
    EXPECT_FALSE(seen.queue_empty) << word;
    one.give_up(true);
    EXPECT_TRUE(its.clear()) << word;
    EXPECT_TRUE(one.tray().empty());
  }
}

TEST_F(Printer, StopsOnTheSecondOfThreeSheetsAndPrintsNoMoreOnceCleared) {
  service.jam_on("2");
  const Ref job = ref();
  ASSERT_EQ(Known::Yes, printer.print({job, document, 3}));
  EXPECT_EQ(JobState::Stopped, ended(job));
  EXPECT_EQ(1u, service.tray().size());
  service.give_up(true);
  EXPECT_TRUE(printer.clear());
  EXPECT_EQ(JobState::Stopped, printer.watch(job).state);
  service.jam_on("");
  service.fault("");
  pause(500);
  EXPECT_EQ(1u, service.tray().size());
}

TEST_F(Printer, WithoutPowerIsSilentAndAfterwardsKnowsNothingOfTheJob) {
  service.fault("media-empty");
  const Ref job = ref();
  ASSERT_EQ(Known::Yes, printer.print({job, document, 1}));
  service.give_up(true);
  service.switch_off();
  EXPECT_EQ(JobState::Silent, printer.watch(job).state);
  EXPECT_FALSE(printer.look().answers);
  EXPECT_FALSE(printer.clear());
  EXPECT_EQ(Known::No, printer.print({ref(), document, 1}));
  service.fault("");
  service.start();
  EXPECT_EQ(JobState::NotFound, printer.watch(job).state);
}

TEST(PrinterReasons, AreTroubleOnlyWhenTheyHinderPrinting) {
  EXPECT_EQ(PrinterTrouble::PaperOut, host::trouble_of("media-empty-error"));
  EXPECT_EQ(PrinterTrouble::PaperOut, host::trouble_of("media-empty-warning"));
  EXPECT_EQ(PrinterTrouble::Jam, host::trouble_of("media-jam"));
  EXPECT_EQ(PrinterTrouble::OutputFull, host::trouble_of("output-area-full-error"));
  EXPECT_EQ(PrinterTrouble::Other, host::trouble_of("fuser-over-temp"));
  for (const char* fine : {"none", "media-low-warning", "toner-low", "marker-supply-low-report", "power-up"})
    EXPECT_FALSE(host::trouble_of(fine)) << fine;
}

}  // namespace
}  // namespace machi::devices::test
