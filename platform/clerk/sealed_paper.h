// From checked facts to sealed paper: the seals' leaves go into the log first, the signer signs only what is
// in it, then the paper is set. One thread.
#pragma once

#include "core/certificate/seal.h"
#include "platform/clerk/issue_log.h"
#include "platform/clerk/paper.h"

namespace machi::clerk {

struct SealedPaper {
  base::Bytes pdf;
  std::vector<certificate::Seal> seals;  // one a sheet
  std::vector<std::string> texts;        // as the symbols hold them
};
// What check, document_of, check_spelling and the log say; nothing is in the log when the font lacks a sign.
base::Result<SealedPaper> issue(const certificate::Facts& facts, const Typeface& face, IssueLog& log,
                                const crypto::SignKey& seal_key, std::string session = {});

// The signer's own rule: a payload whose leaf is not in the log at its place is not signed. NotAllowed.
base::Result<base::Bytes> sign_if_logged(const certificate::Seal& seal, const IssueLog& log,
                                         const crypto::SignKey& seal_key);

}  // namespace machi::clerk
