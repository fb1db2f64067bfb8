// The printer of certificates, as the kiosk's host asks it: dedicated to the kiosk, one job at a time, each
// under a reference of the kiosk's own. One thread; calls wait a few seconds at most.
#pragma once

#include <vector>

#include "core/certificate/kiosk/transaction.h"

namespace machi::host {

using certificate::kiosk::JobState;
using certificate::kiosk::Known;
using certificate::kiosk::Ref;

enum class PrinterTrouble { PaperOut, Jam, CoverOpen, TonerOut, TrayMissing, OutputFull, Paused, Other };
std::string_view name_of(PrinterTrouble trouble);  // "paper-out"

struct PrinterSeen {
  bool answers = false;
  bool ready = false;  // takes jobs, and nothing hinders it
  bool queue_empty = false;
  std::optional<std::uint64_t> counter;  // sheets it has ever printed, when it says so
  std::vector<PrinterTrouble> troubles;
};

struct PrintJob {
  Ref ref;
  base::ByteView document;  // PDF
  int copies = 1;
};

struct JobSeen {
  JobState state = JobState::Silent;
  int sheets = 0;  // put out so far, when the printer says so
};

class Printer {
 public:
  virtual ~Printer() = default;
  virtual PrinterSeen look() = 0;
  // Yes: it took the job. No: it did not, and has nothing of it. Unknown: ask watch().
  virtual Known print(const PrintJob& job) = 0;
  // Also of a job that another process sent.
  virtual JobSeen watch(const Ref& ref) = 0;
  // Cancels whatever it has; true when its queue is empty afterwards.
  virtual bool clear() = 0;
};

}  // namespace machi::host
