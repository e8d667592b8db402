#pragma once

// What is asked of the past before blocks are judged.

#include "pipeline/judge.hpp"

#include <string>
#include <vector>

namespace moneytrail {

// What is asked of the past before a batch of blocks is judged.
struct HistoryQuery {
    struct SubjectToken {
        Address subject;
        std::string entity;
        EntityIndex entity_index = 0;
        Token token;
        friend auto operator<=>(const SubjectToken&, const SubjectToken&) = default;
    };
    struct SubjectOrganisation {
        Address subject;
        std::string entity;
        EntityIndex entity_index = 0;
        std::string organisation;
        labels::OrganisationIndex organisation_index = 0;
        friend auto operator<=>(const SubjectOrganisation&, const SubjectOrganisation&) = default;
    };
    struct Pair {
        Address subject;
        Address counterparty;
        friend auto operator<=>(const Pair&, const Pair&) = default;
    };
    BlockNumber as_of = 0;  // what blocks above this one added is not asked about
    BlockTime time{};       // of the first block that is judged
    // Each once, sorted.
    std::vector<SubjectToken> movements;
    std::vector<SubjectOrganisation> organisations;
    std::vector<Pair> pairs;
    std::vector<std::string> repeat_keys;
};

// Collects it from blocks that are judged together: everything that a rule may ask of their activities.
class HistoryQueryBuilder {
  public:
    // They outlive it.
    explicit HistoryQueryBuilder(const JudgeSettings& settings) : settings_{settings} {}

    void add(const ExaminedBlock& examined);
    HistoryQuery finish(BlockNumber as_of, BlockTime time) &&;

  private:
    const JudgeSettings& settings_;
    HistoryQuery query_;
};

}  // namespace moneytrail
