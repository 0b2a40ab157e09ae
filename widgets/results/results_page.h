// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "page.h"

class QLabel;
class QPushButton;
class QTabWidget;

namespace octavo::gui {

class AnswersTab;
class DivergencePlot;
class FigureTile;
class MemoryPlot;
class PerplexityPlot;
class PhasePlot;
class ServingTab;
class TextDamage;
class ValueTable;

/// Was it worth it? Memory and quality before and after, where the damage sits along the text, and where the time went.
class ResultsPage final : public Page {
    Q_OBJECT

public:
    explicit ResultsPage(Session& session, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("results"); }
    QString title() const override { return tr("Results"); }
    QString intro() const override;
    QString emptyText() const override;
    bool hasContent() const override;
    void refresh() override;
    void retranslate() override;

private:
    QWidget* buildPicture();
    void showFigures();
    void drawPlots();
    void fillTable();
    void measure();
    std::pair<std::uint64_t, std::uint64_t> kvCacheBytes() const; ///< of the planned context, before and after

    QLabel* m_verdict;
    QPushButton* m_measure;
    FigureTile* m_size;
    FigureTile* m_perplexity;
    FigureTile* m_divergence;
    FigureTile* m_sameTop;
    MemoryPlot* m_memory;
    PerplexityPlot* m_perplexityPlot;
    DivergencePlot* m_divergencePlot;
    PhasePlot* m_phases;
    TextDamage* m_text;
    AnswersTab* m_answers;
    ServingTab* m_serving;
    QTabWidget* m_tabs;
    ValueTable* m_table;
};

} // namespace octavo::gui
