// Log, then sign, then set.
#include "platform/clerk/sealed_paper.h"

namespace machi::clerk {

using base::Code;
using base::fail;

base::Result<base::Bytes> sign_if_logged(const certificate::Seal& seal, const IssueLog& log,
                                         const crypto::SignKey& seal_key) {
  if (!log.holds(seal.leaf, certificate::leaf_hash(certificate::seal_payload(seal))))
    return fail(Code::NotAllowed, "not in the log");
  return certificate::make_seal(seal, seal_key);
}

base::Result<SealedPaper> issue(const certificate::Facts& facts, const Typeface& face, IssueLog& log,
                                const crypto::SignKey& seal_key, std::string session) {
  MACHI_TRY_SET(document, certificate::document_of(facts));
  MACHI_TRY(check_spelling(facts, face));
  std::vector<std::vector<std::size_t>> sheets;
  for (const certificate::Sheet& sheet : document.sheets) sheets.push_back(sheet.people);
  const std::uint64_t first = log.size();
  SealedPaper out;
  MACHI_TRY_SET(seals, certificate::seals_of(facts, sheets, first, seal_key));
  out.seals = std::move(seals);
  std::vector<Hash> leaves;
  for (const certificate::Seal& seal : out.seals)
    leaves.push_back(certificate::leaf_hash(certificate::seal_payload(seal)));
  MACHI_TRY(log.append(first, leaves));
  for (const certificate::Seal& seal : out.seals) {
    MACHI_TRY_SET(cose, sign_if_logged(seal, log, seal_key));
    out.texts.push_back(certificate::seal_text(cose));
  }
  MACHI_TRY_SET(pdf, paper_of(facts, face, {out.texts, std::move(session)}));
  out.pdf = std::move(pdf);
  return out;
}

}  // namespace machi::clerk
