// The Merkle tree of RFC 9162 section 2.1 over SHA-256: an append-only log whose head is 32 bytes, with
// proofs that a leaf is in it and that a newer log holds the older one. Holds leaf hashes only, in memory;
// one thread; pure.
#pragma once

#include <span>
#include <vector>

#include "core/base/bytes.h"

namespace machi::certificate {

using Hash = base::Array<32>;
using Proof = std::vector<Hash>;

Hash leaf_hash(base::ByteView leaf);                  // SHA-256(00 leaf)
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(01 left right)

class MerkleTree {
 public:
  MerkleTree() = default;
  explicit MerkleTree(std::span<const Hash> leaves) {
    for (const Hash& leaf : leaves) append(leaf);
  }
  void append(const Hash& leaf);
  std::uint64_t size() const { return levels_.empty() ? 0 : levels_[0].size(); }
  const Hash& leaf(std::uint64_t number) const { return levels_[0][static_cast<std::size_t>(number)]; }

  Hash root() const { return *root(size()); }
  // Of the first `size` leaves; NotFound past the end.
  base::Result<Hash> root(std::uint64_t size) const;
  // That leaf `number` is in the log of `size`; NotFound when it is not.
  base::Result<Proof> inclusion(std::uint64_t number, std::uint64_t size) const;
  // That the log of `newer` begins with the log of `older`. Empty for older == 0 and older == newer.
  base::Result<Proof> consistency(std::uint64_t older, std::uint64_t newer) const;

 private:
  Hash range(std::uint64_t from, std::uint64_t to) const;
  void path(std::uint64_t number, std::uint64_t from, std::uint64_t to, Proof& out) const;
  void subproof(std::uint64_t older, std::uint64_t from, std::uint64_t to, bool whole, Proof& out) const;

  std::vector<std::vector<Hash>> levels_;  // levels_[k][i]: the full subtree of leaves i*2^k .. (i+1)*2^k
};

// RFC 9162 sections 2.1.3.2 and 2.1.4.2.
bool proves_inclusion(const Hash& leaf, std::uint64_t number, std::uint64_t size, std::span<const Hash> proof,
                      const Hash& root);
bool proves_consistency(std::uint64_t older, const Hash& older_root, std::uint64_t newer,
                        const Hash& newer_root, std::span<const Hash> proof);

}  // namespace machi::certificate
