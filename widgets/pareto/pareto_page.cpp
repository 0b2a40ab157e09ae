// SPDX-License-Identifier: GPL-3.0-or-later
#include "pareto/pareto_page.h"

#include <QBoxLayout>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <utility>

#include "allocate/predict.h"
#include "models/value_table.h"
#include "pareto/scheme_map.h"
#include "plot/attach.h"
#include "sensitivity/kl_bar.h"
#include "session/format.h"
#include "session/session.h"

namespace octavo::gui {

namespace fs = std::filesystem;

namespace {

constexpr double mebibyte = 1024.0 * 1024;

/// Measured runs of a model with what a table foretold of them.
std::vector<FrontPlot::Spot> measuredRuns(const std::vector<std::pair<fs::path, QString>>& runs, RunRecords& records,
                                          const SensitivityTable& table, const std::stop_token& stop) {
    std::vector<FrontPlot::Spot> out;
    for (const auto& [folder, label] : runs) {
        if (stop.stop_requested()) break;
        try {
            const std::shared_ptr<const RunRecord> record = records.of(folder);
            if (!record->metrics || record->metrics->kl_divergence.value <= 0) continue;
            out.push_back({label, double(record->weight_bytes_after), record->metrics->kl_divergence.value,
                           predicted_divergence(table, record->layers)});
        } catch (const Error&) {
            continue; // a folder that changed meanwhile is no measured run
        }
    }
    return out;
}

} // namespace

ParetoPage::ParetoPage(Session& session, QWidget* parent) : Page(session, parent) {
    buildControls();
    m_table = new ValueTable(this);
    m_pictures = withTable(buildPicture(), m_table, tr("Groups of matrices and their schemes"));
    body()->addWidget(m_pictures, 1);
    m_nothing = new QLabel;
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    body()->addWidget(m_nothing, 1);
    m_summary = new QLabel;
    m_summary->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_summary, 1);
    for (QPushButton** button : {&m_calibrate, &m_unpin, &m_quantize}) {
        *button = new QPushButton;
        row->addWidget(*button);
    }
    body()->addLayout(row);
    retranslate();
    connect(m_unpin, &QPushButton::clicked, this, [this] {
        m_mix.clearPins();
        drawFront();
        changeRecipe();
    });
    connect(m_calibrate, &QPushButton::clicked, this, &ParetoPage::calibrate);
    connect(m_quantize, &QPushButton::clicked, this, &ParetoPage::quantize);
    // Looked for when the page is seen: a measurement changes the table with every row.
    const auto outdated = [this] {
        m_outdated = true;
        scheduleRefresh();
    };
    connect(&session.view(), &RunView::runChanged, this, outdated);
    connect(&session.view(), &RunView::sensitivityChanged, this, outdated);
    connect(&session.history(), &RunHistory::changed, this, outdated);
    connect(&session, &Session::targetChanged, this, outdated);
}

QString ParetoPage::intro() const {
    return tr("The least damage that each size can have, and the scheme of every group that reaches it: "
              "drag the chosen mix along the line, and click a cell of the map to pin a group.");
}

QString ParetoPage::emptyText() const {
    return tr(
        "A mix is chosen from measured sensitivities. Quantize the model once, then measure the schemes that may be "
        "mixed, here or on the page Sensitivity.");
}

bool ParetoPage::hasContent() const { return session().view().record() != nullptr; }

void ParetoPage::buildControls() {
    m_kl = new KlBar(session(), this);
    m_kl->setSchemes([this] { return wantedSchemes(); });
    m_schemes = new QToolButton;
    m_schemes->setPopupMode(QToolButton::InstantPopup);
    m_schemes->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto* menu = new QMenu(m_schemes);
    const auto offer = [menu](const std::string& scheme) {
        QAction* action = menu->addAction(QString::fromStdString(scheme));
        action->setCheckable(true);
        action->setChecked(scheme == "W8A8" || scheme == "W4A16");
    };
    for (const Scheme& scheme : presets()) {
        if (!is_implemented(scheme)) continue;
        offer(scheme.name);
        // Half a bit more for a matrix is a step of its own between four bits and eight.
        if (has_free_group_size(scheme) && scheme.weights.bits <= 4 && !scheme.input) offer(scheme.name + "_G32");
    }
    menu->addSeparator();
    m_solved = menu->addAction(QString());
    m_solved->setCheckable(true);
    m_kl->setSolved([this] { return m_solved->isChecked(); });
    m_schemes->setMenu(menu);
    auto* first = new QHBoxLayout;
    first->addWidget(m_kl, 1);
    first->addWidget(m_schemes);
    body()->addLayout(first);
    m_budgetLabel = new QLabel;
    m_budget = new QDoubleSpinBox;
    m_budget->setDecimals(1);
    m_budget->setRange(0, 1e7);
    m_budget->setSuffix(QStringLiteral(" MiB"));
    m_budget->setKeyboardTracking(false);
    m_budgetLabel->setBuddy(m_budget);
    m_exact = new QPushButton;
    auto* second = new QHBoxLayout;
    second->addWidget(m_budgetLabel);
    second->addWidget(m_budget);
    second->addWidget(m_exact);
    second->addStretch();
    body()->addLayout(second);
    connect(m_budget, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        m_mix.choose(value * mebibyte);
        changeRecipe();
    });
    connect(m_exact, &QPushButton::clicked, this, [this] {
        m_mix.chooseExactly();
        changeRecipe();
    });
}

QWidget* ParetoPage::buildPicture() {
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    m_front = new FrontPlot;
    m_map = new SchemeMap(m_mix);
    splitter->addWidget(m_front);
    splitter->addWidget(m_map);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    attach(m_front, this, session().selection());
    attach(m_map, this, session().selection());
    connect(m_front, &FrontPlot::dragged, this, [this](double bytes) {
        m_mix.choose(bytes);
        changeRecipe();
    });
    connect(m_front, &FrontPlot::moved, this, [this](int direction) {
        m_mix.step(direction);
        changeRecipe();
    });
    connect(m_map, &Plot::clicked, this, &ParetoPage::pinAt);
    return splitter;
}

void ParetoPage::retranslate() {
    m_budgetLabel->setText(tr("&Size"));
    m_budget->setAccessibleName(tr("Size of the whole model in MiB"));
    m_exact->setText(tr("&Exact"));
    m_exact->setToolTip(tr("Looks for the optimum of this size by dynamic programming; the line is already within the "
                           "difference that the sentence below names"));
    m_schemes->setText(tr("Schemes"));
    m_schemes->setAccessibleName(tr("Schemes to measure"));
    m_schemes->setToolTip(tr("Which schemes the next pass measures; what is measured already is kept"));
    m_solved->setText(tr("As solved by their runs, not rounded"));
    m_calibrate->setText(tr("&Calibrate"));
    m_calibrate->setToolTip(tr("Scales the forecast by what the latest run of this model really measured"));
    m_unpin->setText(tr("Re&move pins"));
    m_quantize->setText(tr("Quantize t&his"));
    m_front->setTitle(tr("Damage over size"));
    m_map->retranslate();
    m_kl->retranslate();
    using K = ValueTable::Kind;
    m_table->setColumns({{tr("group"), K::text},
                         {tr("scheme"), K::text},
                         {tr("pinned"), K::text},
                         {tr("bits per weight"), K::number},
                         {tr("size"), K::bytes},
                         {tr("damage"), K::number, tr("Of this group alone under its scheme")}});
}

void ParetoPage::refresh() {
    if (std::exchange(m_outdated, false)) findTable();
    m_kl->follow();
    drawFront();
}

std::vector<Scheme> ParetoPage::wantedSchemes() const {
    std::vector<Scheme> out;
    for (const QAction* action : m_schemes->menu()->actions())
        if (action->isChecked() && action != m_solved) out.push_back(preset(action->text().toStdString()));
    return out;
}

QString ParetoPage::damageTitle() const {
    const int tier = m_mix.allocator() ? m_mix.allocator()->tier() : 3;
    return tier == 3   ? tr("predicted KL divergence, nats")
           : tier == 2 ? tr("forecast KL divergence, nats")
           : tier == 1 ? tr("sum of relative output errors")
                       : tr("sum of relative weight errors");
}

void ParetoPage::findTable() {
    const RunRecord* record = session().view().record();
    if (!record) return useTable(nullptr, {});
    if (const SensitivityTable* table = session().view().sensitivity())
        return useTable(std::make_shared<const SensitivityTable>(*table),
                        QString::fromStdString(session().view().run()->folder.string()));
    std::vector<QString> folders;
    for (const PastRun& run : session().history().runs())
        if (run.record.model.fingerprint == record->model.fingerprint) folders.push_back(run.folder);
    using Found = std::pair<QString, std::shared_ptr<const SensitivityTable>>;
    session().controller().request<Found>(
        Lane::desk, QStringLiteral("mixing table"), this,
        [folders](std::stop_token) -> Found {
            for (const QString& folder : folders) {
                const fs::path file = fs::path(folder.toStdString()) / sensitivity_file_name;
                std::error_code status;
                if (fs::is_regular_file(file, status))
                    return {folder, std::make_shared<const SensitivityTable>(read_sensitivity(file))};
            }
            return {};
        },
        [this](const Found& found) { useTable(found.second, found.first); },
        [this](const Problem&) { useTable(nullptr, {}); });
}

void ParetoPage::useTable(std::shared_ptr<const SensitivityTable> table, const QString& runFolder) {
    m_tableFolder = runFolder;
    m_measured.clear();
    // A measurement that is still going has gaps; there is nothing to choose from yet.
    m_mix.setTable(table && table->tier() >= 0 ? std::move(table) : nullptr, session().target());
    // A run stands on its own size to begin with, whichever run the table is of.
    if (const auto run = session().view().run(); run && m_mix.allocator() && m_begun != run->folder) {
        m_begun = run->folder;
        if (run->record.weight_bytes_after > 0) m_mix.choose(double(run->record.weight_bytes_after));
    }
    findMeasured();
    scheduleRefresh();
}

void ParetoPage::findMeasured() {
    if (!m_mix.allocator() || m_mix.allocator()->tier() < 2) return; // not in nats
    std::vector<std::pair<fs::path, QString>> runs;
    for (const PastRun& run : session().history().runs())
        if (run.record.model.fingerprint == m_mix.table()->fingerprint && run.record.metrics)
            runs.emplace_back(
                run.folder.toStdString(),
                tr("%1, %2").arg(run.scheme, QLocale().toString(run.started.toLocalTime(), QLocale::ShortFormat)));
    session().controller().request<std::vector<FrontPlot::Spot>>(
        Lane::desk, QStringLiteral("mixing runs"), this,
        [runs, records = m_records, table = *m_mix.table()](std::stop_token stop) {
            return measuredRuns(runs, *records, table, stop);
        },
        [this](const std::vector<FrontPlot::Spot>& found) {
            m_measured = found;
            scheduleRefresh();
        });
}

void ParetoPage::drawFront() {
    const Allocator* allocator = m_mix.allocator();
    std::vector<FrontPlot::Spot> uniform, measured = m_measured;
    if (allocator)
        for (const std::string& scheme : m_mix.table()->schemes) {
            const Allocation all = allocator->uniform(scheme);
            uniform.push_back({QString::fromStdString(scheme), double(all.bytes), all.damage});
        }
    for (FrontPlot::Spot& spot : measured)
        if (spot.predicted) *spot.predicted *= m_mix.table()->calibration;
    m_front->setFront(allocator ? allocator->front() : std::vector<Allocator::Point>(), uniform, measured,
                      damageTitle());
    showChosen();
}

void ParetoPage::showChosen() {
    const bool usable = m_mix.chosen().has_value();
    for (QWidget* one : std::initializer_list<QWidget*>{m_budget, m_exact, m_quantize}) one->setEnabled(usable);
    // Axes without anything on them would only puzzle.
    m_pictures->setVisible(usable);
    m_nothing->setVisible(!usable);
    m_nothing->setText(emptyText());
    m_unpin->setEnabled(m_mix.pins() > 0);
    m_calibrate->setEnabled(usable && !m_measured.empty() && m_measured.front().predicted.value_or(0) > 0);
    m_map->draw();
    fillTable();
    if (!usable)
        return m_summary->setText(m_mix.problem() ? translated(m_mix.problem()->message()) + QLatin1Char(' ') +
                                                        translated(m_mix.problem()->advice())
                                                  : tr("Nothing is measured yet: choose schemes and start a pass."));
    const Allocation& chosen = *m_mix.chosen();
    const QSignalBlocker silent(m_budget);
    m_budget->setValue(m_mix.budget() / mebibyte);
    m_front->setChosen(double(chosen.bytes), chosen.damage);
    std::map<std::string, int> counts;
    for (const std::string& scheme : chosen.schemes) ++counts[scheme];
    QStringList parts;
    for (const auto& [scheme, count] : counts)
        parts << tr("%1: %n group(s)", nullptr, count).arg(SchemeMap::shownScheme(scheme));
    QString text = tr("%1, %2 bits per weight, %3: %4. %5.")
                       .arg(bytesText(chosen.bytes), numberText(chosen.bits_per_weight, 3), damageTitle(),
                            numberText(chosen.damage, 3), parts.join(QStringLiteral(", ")));
    const double gap = chosen.damage > 0 ? std::max(0.0, 1 - chosen.bound / chosen.damage) : 0;
    text +=
        QLatin1Char(' ') + (chosen.exact || gap < 5e-4
                                ? tr("No mix of this size does less damage.")
                                : tr("The optimum is at most %1 % better.").arg(QLocale().toString(100 * gap, 'f', 1)));
    if (m_mix.table()->calibration != 1)
        text += QLatin1Char(' ') + tr("The forecast is scaled by %1.").arg(numberText(m_mix.table()->calibration, 3));
    m_summary->setText(text);
}

void ParetoPage::fillTable() {
    std::vector<ValueTable::Row> rows;
    for (std::size_t i = 0; m_mix.chosen() && i < m_mix.allocator()->groups().size(); ++i) {
        const Allocator::Group& group = m_mix.allocator()->groups()[i];
        const QString name = QString::fromStdString(group.name);
        rows.push_back({{layerLabel(name), SchemeMap::shownScheme(m_mix.chosen()->schemes[i]),
                         group.pinned ? tr("yes") : QString(), m_mix.bits(i), double(m_mix.bytes(i)), m_mix.damage(i)},
                        name,
                        name});
    }
    m_table->setRows(std::move(rows));
}

void ParetoPage::changeRecipe() {
    showChosen();
    if (!m_mix.chosen()) return;
    try {
        session().recipe().replace(m_mix.recipe(), tr("Mixed precision"), true);
    } catch (const Error& error) {
        m_summary->setText(translated(error.message()) + QLatin1Char(' ') + translated(error.advice()));
        m_quantize->setEnabled(false);
    }
}

void ParetoPage::pinAt(QPointF at) {
    const std::optional<std::size_t> group = m_map->groupAt(at);
    if (!group) return;
    if (!m_mix.togglePin(*group)) return m_summary->setText(tr("One group at least must be left to choose."));
    drawFront();
    changeRecipe();
}

void ParetoPage::quantize() {
    changeRecipe();
    Q_EMIT actionRequested(QStringLiteral("actionQuantize"));
}

void ParetoPage::calibrate() {
    if (m_measured.empty() || !m_measured.front().predicted || !m_mix.table()) return;
    SensitivityTable table = *m_mix.table();
    table.calibration = m_measured.front().damage / *m_measured.front().predicted;
    const QString folder = m_tableFolder;
    session().controller().request<bool>(
        Lane::desk, QStringLiteral("calibrate mixing"), this,
        [folder, table](std::stop_token) {
            write_sensitivity(fs::path(folder.toStdString()) / sensitivity_file_name, table);
            return true;
        },
        [this, table](const bool&) {
            m_mix.setTable(std::make_shared<const SensitivityTable>(table), session().target());
            session().view().reloadSensitivity();
            scheduleRefresh();
        });
}

} // namespace octavo::gui
