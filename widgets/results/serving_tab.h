// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>

#include "architecture/architecture.h"
#include "estimate/serving_memory.h"

class QComboBox;
class QLabel;
class QSpinBox;

namespace octavo::gui {

class MemoryPlot;
class Page;
class Session;
class TargetBox;

/// What the server's card holds before and after quantization, for a context, a number of sequences, a type of the KV
/// cache and a number of cards; the card's limit as a line. An estimate, nothing is run.
class ServingTab final : public QWidget {
    Q_OBJECT

public:
    ServingTab(Session& session, Page* page);
    void retranslate();
    void refresh(); ///< what the session says now
    MemoryPlot* plot() const { return m_plot; }

private:
    void build();
    void readConfig();
    std::optional<TargetGpu> target() const;
    ServingMemory memory(bool after) const;
    void draw();
    QString sentence(const ServingMemory& before, const ServingMemory& after) const;

    Session& m_session;
    QString m_model; ///< folder that the configuration was read from
    std::optional<ModelConfig> m_config;
    TargetBox* m_target;
    QLabel *m_targetLabel, *m_contextLabel, *m_sequencesLabel, *m_cacheLabel, *m_cardsLabel;
    QSpinBox *m_context, *m_sequences;
    QComboBox *m_cache, *m_cards;
    MemoryPlot* m_plot;
    QLabel *m_sentence, *m_warnings;
};

} // namespace octavo::gui
