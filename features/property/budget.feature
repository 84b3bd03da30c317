Feature: Properties: what no schedule of faults may break
  A scenario with "any" is held against many clusters and fault schedules. What breaks it is shrunk to the smallest
  scenario that does, and kept under reports/counterexamples/ as a feature that fails by itself.

  @property @runs:20
  Scenario: No schedule of voluntary disruptions breaks the budget
    Given any cluster of 3 to 6 nodes
    And the manifests in "frontend.yaml"
    And the manifest in "frontend-pdb.yaml"
    And every pod is ready
    When any 1 to 3 voluntary disruptions strike within 30 minutes
    Then at every moment at least 1 pod matching "component=nginx" was available
    And sometimes at least 1 pod matching "component=nginx" was terminating

  @property @runs:200 @expect-failure
  Scenario: A budget does not guard against machines that fail
    Given any cluster of 3 to 6 nodes
    And the manifests in "frontend.yaml"
    And the manifest in "frontend-pdb.yaml"
    And every pod is ready
    When any 1 to 4 faults strike within 5 minutes
    Then at every moment at least 1 pod matching "component=nginx" was available
